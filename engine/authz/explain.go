package authz

import (
	"strconv"
	"strings"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

// explain fills in what the verdict means: AWS's message, the reason, the places that decided and what was needed.
func (e *evaluation) explain(x *Explanation, v verdict) {
	switch v.decision {
	case Allow:
		x.Deciding = e.allowing(x.Layers, v.path)
		x.Reason = e.allowReason(v.path)
	case ExplicitDeny:
		x.Message = e.message(v, x.Layers)
		x.Deciding = effective(find(x.Layers, v.layer), "Deny", Stranger)
		x.Reason = e.explicitReason(x.Deciding, v.layer)
	default:
		x.Message = e.message(v, x.Layers)
		x.Deciding = append(e.missing(x.Layers, v), e.nearly(v)...)
		x.Reason = e.denyReason(v, e.almost(x.Layers, v.layer))
		x.Needed = e.needed(x.Layers, v)
	}
}

// allowing lists the statements and the grant that allow, layer by layer.
func (e *evaluation) allowing(layers []Layer, p path) []Place {
	places := []Place{}
	for _, t := range p.layers {
		switch l := find(layers, t); {
		case t == Grants:
			g := &l.Grants[p.grant]
			places = append(places, Place{Layer: t, PolicyID: g.GrantID, Statement: -1})
		case t == KeyPolicy:
			places = append(places, effective(l, "Allow", p.relation)...)
		default:
			places = append(places, effective(l, "Allow", Stranger)...)
		}
	}
	return places
}

// effective lists the statements of a layer that apply with an effect; a relation other than Stranger narrows it to
// the statements that name the caller so.
func effective(l *Layer, effect string, relation Relation) []Place {
	places := []Place{}
	for i := range l.Policies {
		for j := range l.Policies[i].Statements {
			s := &l.Policies[i].Statements[j]
			if s.Applies && s.Effect == effect && (relation == Stranger || s.Relation == relation) {
				places = append(places, place(l.Type, &l.Policies[i], s, s.Span, s.Line))
			}
		}
	}
	return places
}

func place(t LayerType, p *PolicyResult, s *StatementResult, span source.Span, line int) Place {
	return Place{Layer: t, PolicyID: p.ID, Statement: s.Index, Sid: s.Sid, Span: span, Line: line}
}

// missing lists, for an implicit deny, what was passed on the path that got furthest and then where it ended: in the
// layer that is missing, the element that kept the nearest Allow statement from applying.
func (e *evaluation) missing(layers []Layer, v verdict) []Place {
	places := []Place{}
	for _, t := range v.path.layers {
		if t == v.layer {
			break
		}
		passed := path{layers: []LayerType{t}, relation: v.path.relation, grant: v.path.grant}
		places = append(places, e.allowing(layers, passed)...)
	}
	if l := find(layers, v.layer); l != nil {
		places = append(places, nearest(l)...)
	}
	return places
}

// nearly is the grant that would have allowed the request by itself, but for its constraints or for time.
func (e *evaluation) nearly(v verdict) []Place {
	if isGuard(v.layer) || v.path.grant >= 0 || e.foreign() && !e.CrossAccount {
		return nil
	}
	if g := e.nearest(); g != nil {
		return []Place{{Layer: Grants, PolicyID: g.ID, Statement: -1}}
	}
	return nil
}

// nearest finds the Allow statements that came closest to applying, at the first element that did not match.
func nearest(l *Layer) []Place {
	places, most := []Place{}, -1
	for i := range l.Policies {
		p := &l.Policies[i]
		for j := range p.Statements {
			s := &p.Statements[j]
			if s.Effect != "Allow" || s.Applies {
				continue
			}
			matched, span, line := s.firstMiss()
			if matched > most {
				places, most = places[:0], matched
			}
			if matched == most {
				places = append(places, place(l.Type, p, s, span, line))
			}
		}
		if len(p.Statements) == 0 && most < 0 {
			places = append(places, Place{Layer: l.Type, PolicyID: p.ID, Statement: -1, Line: 1})
		}
	}
	return places
}

// firstMiss counts the elements that match and finds the first one that does not. A statement that covers the action
// is nearer than one that only names the caller.
func (s *StatementResult) firstMiss() (matched int, span source.Span, line int) {
	span, line = s.Span, s.Line
	miss := func(matches bool, weight int, at source.Span, atLine int) {
		if matches {
			matched += weight
		} else if at.IsValid() {
			span, line = at, atLine
		}
	}
	for i := len(s.Conditions) - 1; i >= 0; i-- {
		miss(s.Conditions[i].Matches, 1, s.Conditions[i].Span, s.Conditions[i].Line)
	}
	miss(s.Resource.Matches, 10, s.Resource.Span, s.Resource.Line)
	miss(s.Action.Matches, 100, s.Action.Span, s.Action.Line)
	miss(s.Principal.Matches, 50, s.Principal.Span, s.Principal.Line)
	return matched, span, line
}

func (e *evaluation) allowReason(p path) string {
	switch {
	case len(p.layers) == 0:
		return "The root user of the account may do everything that is not about a key."
	case p.grant >= 0 && len(p.layers) > 1:
		return "A grant names the caller, its role or its account, and no other policy type that counts for it is missing."
	case p.grant >= 0:
		return "A grant names the caller as its grantee; a grant needs no policy beside it."
	case p.layers[0] != KeyPolicy:
		return "An identity-based policy allows " + e.Action + ", and nothing limits it. No key policy is asked for this."
	case !e.sameAccount() && e.caller.Kind != iam.Service:
		return "The " + e.noun() + " lets account " + e.caller.Account + " in, and an identity-based policy of that account allows " + e.Action + ". Across accounts both are needed."
	case p.relation == Account && e.caller.Kind == iam.Root:
		return "The " + e.noun() + " allows the account, and the root user stands for the account."
	case p.relation == Account:
		return "The " + e.noun() + " lets IAM policies of account " + e.caller.Account + " count, and an identity-based policy allows " + e.Action + "."
	case p.relation == Everyone:
		return "The " + e.noun() + " allows everyone; no identity-based policy is needed in the key's own account."
	}
	return "The " + e.noun() + " names the caller" + by(p.relation) + "; no identity-based policy is needed in the key's own account."
}

func by(r Relation) string {
	if r == Role {
		return "'s role"
	}
	return ""
}

// explicitReason names the first of the statements that deny, and the type of policy that it is in.
func (e *evaluation) explicitReason(denying []Place, layer LayerType) string {
	noun := string(layer)
	if layer == KeyPolicy {
		noun = e.noun()
	}
	name := statementName(denying[0].Sid, denying[0].Statement)
	return "The Deny statement " + name + " in the " + noun + " applies. An explicit deny overrides every allow and every grant."
}

func statementName(sid string, index int) string {
	if sid == "" {
		return strconv.Itoa(index + 1)
	}
	return `"` + sid + `"`
}

// almost says which Allow statement of a layer covers the request but for its conditions, "" for none.
func (e *evaluation) almost(layers []Layer, layer LayerType) string {
	l := find(layers, layer)
	if l == nil || layer == Grants {
		return ""
	}
	for i := range l.Policies {
		p := &l.Policies[i]
		for j := range p.Statements {
			s := &p.Statements[j]
			names := layer != KeyPolicy || s.Principal.Matches
			if s.Applies || s.Effect != "Allow" || len(s.Conditions) == 0 || !names || !s.Action.Matches || !s.Resource.Matches {
				continue
			}
			name := "statement " + statementName(s.Sid, s.Index)
			if layer != KeyPolicy && p.Name != "" {
				name += " of " + p.Name
			}
			return ": " + name + " would apply, but " + s.Reason
		}
	}
	return ""
}

// denyReason is why nothing allows the request; almost is what came nearest.
func (e *evaluation) denyReason(v verdict, almost string) string {
	near := almost
	if near == "" {
		near = e.nearGrant()
	}
	switch {
	case !v.open && e.foreign() && !e.CrossAccount:
		return e.Action + " does not work on a key of another account, whatever its policies say."
	case !v.open && almost != "":
		return "The " + e.noun() + " does not allow " + e.Action + almost + "."
	case !v.open:
		return "The " + e.noun() + " neither names the caller nor lets IAM policies of its account count" + e.ineffective() + e.noGrant() + "."
	case isGuard(v.layer):
		return "The " + string(v.layer) + " does not allow " + e.Action + ", and it limits everything that the other policies and grants give" + almost + "."
	case v.layer == IdentityPolicy && v.path.grant >= 0 && e.toAccount(e.Grants[v.path.grant]):
		return "A grant to the caller's account lets it in, but no identity-based policy allows " + e.Action + "."
	case v.layer == IdentityPolicy && v.path.grant >= 0:
		return "A grant of the key's account lets the caller in, but no identity-based policy of its own account allows " + e.Action + "."
	case v.layer == IdentityPolicy && e.KeyPolicy != nil:
		return "The " + e.noun() + " leaves the decision to IAM, and no identity-based policy allows " + e.Action + " on this key" + near + "."
	case v.layer == IdentityPolicy:
		return "No identity-based policy allows " + e.Action + " on " + e.Resource + "."
	}
	return "The " + string(v.layer) + " does not allow " + e.Action + ", and it limits what the other policies give" + almost + "."
}

// ineffective mentions identity-based policies that would allow the action if only they counted.
func (e *evaluation) ineffective() string {
	if n := e.idleAllows(); n != "" {
		return ", so the Allow in " + n + " has no effect"
	}
	return ""
}

// idleAllows names the first identity-based policy that allows the action.
func (e *evaluation) idleAllows() string {
	results := e.policies(e.Principal.Identity)
	for i := range results {
		for j := range results[i].Statements {
			if s := &results[i].Statements[j]; s.Applies && s.Effect == "Allow" {
				return results[i].Name
			}
		}
	}
	return ""
}

// needed lists what would have allowed the request, by policy type.
func (e *evaluation) needed(layers []Layer, v verdict) []Need {
	who, needs := e.caller.arn, []Need{}
	add := func(t LayerType, text string) { needs = append(needs, Need{t, text}) }
	foreign := e.foreign()
	switch {
	case e.KeyPolicy == nil, isGuard(v.layer):
	case foreign && !e.CrossAccount:
		add(KeyPolicy, "a principal of account "+e.Owner+": "+e.Action+" does not work across accounts")
		return needs
	case !v.open:
		if !foreign {
			add(KeyPolicy, "a "+e.noun()+" statement that allows "+e.Action+" to "+who)
		}
		switch {
		case e.caller.Kind != iam.Root && e.caller.root != "":
			add(KeyPolicy, "a "+e.noun()+" statement that allows "+e.Action+" to the account "+e.caller.root+e.besides())
		case foreign:
			add(KeyPolicy, "a "+e.noun()+" statement that allows "+e.Action+" to the account "+e.caller.root)
		}
	case !foreign && v.path.grant < 0:
		add(KeyPolicy, "a "+e.noun()+" statement that allows "+e.Action+" to "+who)
	}
	if isGuard(v.layer) {
		add(v.layer, an(v.layer)+" that allows "+e.Action+e.atLevel(find(layers, v.layer)))
		return needs
	}
	if v.layer != KeyPolicy {
		add(v.layer, an(v.layer)+" of "+e.caller.issuer+" that allows "+e.Action+" on "+e.Resource)
	}
	if e.Operation != "" && e.KeyPolicy != nil && v.path.grant < 0 {
		text := "a grant to " + who + " with the operation " + e.Operation
		if foreign {
			text += ", and an identity-based policy in account " + e.caller.Account
		}
		add(Grants, text)
	}
	if g := e.awaited(); g != nil {
		add(Grants, "the token of grant "+g.ID+" in the request, or the same request from "+Moment(g.VisibleAt, e.Now)+" on")
	}
	return needs
}

// besides says what a delegation would need beside it.
func (e *evaluation) besides() string {
	if n := e.idleAllows(); n != "" {
		return ": then " + n + " counts"
	}
	return ", and an identity-based policy that allows it"
}

// noun names the resource-based policy of this check.
func (e *evaluation) noun() string {
	switch {
	case e.KeyPolicy != nil && e.KeyPolicy.Kind == policy.TrustPolicy:
		return "trust policy"
	case !strings.HasPrefix(e.Action, "kms:"):
		return "resource-based policy"
	}
	return "key policy"
}

func an(t LayerType) string { return article(t) + string(t) }

// summary says in one sentence what a layer said.
func (e *evaluation) summary(l *Layer) string {
	switch l.Verdict {
	case Denied:
		return "a Deny statement applies (" + lines(effective(l, "Deny", Stranger)) + ")"
	case Delegates:
		return "it lets IAM policies of account " + e.caller.Account + " decide (" + lines(effective(l, "Allow", Account)) + ")"
	case Exempt:
		return e.guard(l.Type).Exempt
	case NotPresent:
		return e.absent(l.Type)
	case NotConsulted:
		return e.unheard(l)
	case NoAllow:
		return e.silent(l)
	}
	if l.Type == Grants {
		for i := range l.Grants {
			if l.Grants[i].Allows {
				return "grant " + l.Grants[i].GrantID + " allows " + e.Operation
			}
		}
	}
	return "an Allow statement applies (" + lines(effective(l, "Allow", Stranger)) + ")"
}

func (e *evaluation) absent(t LayerType) string {
	switch {
	case t == Grants && e.Operation == "":
		return "no grant can allow " + e.Action
	case t == Grants:
		return "no grant on the key names the caller"
	case t == IdentityPolicy && e.caller.Kind == iam.Root:
		return "the root user has no IAM policies; what the key policy gives the account is enough"
	case t == IdentityPolicy:
		return "an AWS service has no IAM policies"
	}
	return "none is set"
}

func (e *evaluation) unheard(l *Layer) string {
	allows := len(effective(l, "Allow", Stranger)) > 0
	switch {
	case l.Type == IdentityPolicy && allows:
		return "an Allow statement would apply, but the " + e.noun() + " does not let IAM policies count"
	case l.Type == IdentityPolicy && len(l.Policies) == 0:
		return "there is none, and none is needed"
	}
	return "what it allows does not matter here; a Deny would"
}

func (e *evaluation) silent(l *Layer) string {
	switch {
	case isGuard(l.Type):
		return "no Allow statement applies to " + e.Action + e.atLevel(l)
	case l.Type == KeyPolicy:
		return "no Allow statement for " + e.Action + " names the caller or its account"
	case l.Type == Grants:
		return "no grant to the caller allows this"
	case len(l.Policies) == 0 && l.Type == IdentityPolicy:
		return "none is attached"
	case len(l.Policies) == 0:
		return "without a session policy a federated user has no permission of its own"
	}
	return "no Allow statement applies to " + e.Action
}

// lines names the places of a layer: "line 4", "dev: line 4, admin: line 2".
func lines(places []Place) string {
	text := ""
	for i, p := range places {
		if i > 0 {
			text += ", "
		}
		text += "line " + strconv.Itoa(p.Line)
	}
	return text
}
