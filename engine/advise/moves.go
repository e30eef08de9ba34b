package advise

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// movesFor are the changes that may help against a denial. Whether they do is found out by making them, so that none
// of these functions has to know how decisions are made.
func movesFor(p plan) []move {
	s := &mover{w: p.world, d: p.denial, call: p.call}
	s.wait()
	s.conditions()
	s.grantContexts()
	if p.denial.x.Decision == authz.ExplicitDeny {
		s.denies()
	} else {
		s.grant()
		s.keyPolicy()
		s.delegation()
		s.identity()
		s.limits()
	}
	s.elsewhere()
	s.somebody()
	return s.moves
}

// mover collects moves against one denial.
type mover struct {
	w     *engine.World
	d     denial
	call  engine.Call
	moves []move
}

func (s *mover) add(words string, calls ...engine.Call) {
	if len(calls) > 0 {
		s.moves = append(s.moves, move{words: words, calls: calls})
	}
}

func (s *mover) send(words string, c engine.Call) {
	s.moves = append(s.moves, move{words: words, request: &c})
}

func (s *mover) wait() {
	if wait := s.d.pending(); wait > 0 {
		s.moves = append(s.moves, move{words: "wait " + wait.String() + " until authorization sees the change", wait: wait})
	}
}

// who is the caller in words.
func (s *mover) who() string { return label(s.d.caller) }

func label(p *iam.Principal) string {
	switch p.Kind {
	case iam.Service:
		return p.Name
	case iam.Root:
		return "the root user of " + p.Account
	}
	return p.ARN.Resource
}

// resource is what was asked about, in words.
func (s *mover) resource() string {
	if key, ok := s.w.KMS().Key(s.d.x.Resource); ok {
		if len(key.Aliases) > 0 {
			return key.Aliases[0]
		}
		return "key " + key.ID
	}
	return s.d.x.Resource
}

func (s *mover) sid(verb string) string {
	_, operation, _ := strings.Cut(s.d.x.Action, ":")
	return verb + operation
}

// contextCondition asks for the encryption context of the request, nil when it has none.
func (s *mover) contextCondition() any {
	context := s.d.encryptionContext()
	if len(context) == 0 {
		return nil
	}
	wanted := map[string]string{}
	for k, v := range context {
		wanted["kms:EncryptionContext:"+k] = v
	}
	return map[string]any{"StringEquals": wanted}
}

// named is the caller as a resource-based policy names it: its role before its session.
func (s *mover) named() []string {
	c := s.d.caller
	if c.Kind == iam.AssumedRole {
		return []string{c.Issuer.String(), c.ARN.String()}
	}
	return []string{nameOf(c)}
}

// resourcePolicy is the id of the policy of what was asked about, and what its statements name as their Resource.
func (s *mover) resourcePolicy() (id string, resource any) {
	if key := s.d.key(s.w); key != "" {
		return key, "*"
	}
	for _, p := range s.d.layer(authz.KeyPolicy).Policies {
		if strings.HasSuffix(p.ID, "/trust") {
			return p.ID, nil
		}
	}
	return "", nil
}

func (s *mover) keyPolicy() {
	id, resource := s.resourcePolicy()
	d := document(s.w, s.d, id)
	if id == "" || d == nil {
		return
	}
	for _, name := range s.named() {
		kind := "AWS"
		if s.d.caller.Kind == iam.Service {
			kind = "Service"
		}
		s.statement(id, d, "let the policy of "+s.resource()+" allow "+s.d.x.Action+" to "+shortName(name), object(
			member{"Sid", s.sid("Allow")}, member{"Effect", "Allow"}, member{"Principal", map[string]string{kind: name}},
			member{"Action", s.d.x.Action}, member{"Resource", resource}, member{"Condition", s.contextCondition()}))
	}
}

func shortName(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	switch {
	case len(parts) < 6:
		return arn
	case parts[5] == "root":
		return "the account " + parts[4]
	}
	return parts[5]
}

func (s *mover) statement(id string, d *policy.Document, words, statement string) {
	if text, ok := withStatement(d, statement); ok {
		s.add(words, put(s.w, id, text)...)
	}
}

// delegation lets IAM policies of the caller's account count, where one of them would allow.
func (s *mover) delegation() {
	id, resource := s.resourcePolicy()
	d := document(s.w, s.d, id)
	if id == "" || d == nil || s.d.caller.Kind == iam.Service || !s.identityAllows() {
		return
	}
	name := "arn:" + s.d.caller.ARN.Partition + ":iam::" + s.d.caller.Account + ":root"
	s.statement(id, d, "let the policy of "+s.resource()+" leave "+s.d.x.Action+" to the IAM policies of account "+s.d.caller.Account, object(
		member{"Sid", s.sid("EnableIAM")}, member{"Effect", "Allow"}, member{"Principal", map[string]string{"AWS": name}},
		member{"Action", s.d.x.Action}, member{"Resource", resource}, member{"Condition", s.contextCondition()}))
}

func (s *mover) identityAllows() bool {
	for _, p := range s.d.layer(authz.IdentityPolicy).Policies {
		for _, r := range p.Statements {
			if r.Applies && r.Effect == "Allow" {
				return true
			}
		}
	}
	return false
}

// identity gives the caller an inline policy.
func (s *mover) identity() {
	c := s.d.caller
	kind, name := "User", c.Name
	switch c.Kind {
	case iam.AssumedRole:
		kind = "Role"
	case iam.FederatedUser:
		name = c.FederatingUser.Resource[strings.LastIndexByte(c.FederatingUser.Resource, '/')+1:]
	case iam.User:
	default:
		return
	}
	document := documentOf(object(
		member{"Effect", "Allow"}, member{"Action", s.d.x.Action}, member{"Resource", s.d.x.Resource}, member{"Condition", s.contextCondition()}))
	s.add("give "+strings.ToLower(kind)+"/"+name+" an inline policy that allows "+s.d.x.Action+" on "+s.resource(),
		root(c.Account, "iam", "Put"+kind+"Policy", map[string]any{
			kind + "Name": name, "PolicyName": s.freeName(s.sid("Allow")), "PolicyDocument": document,
		}))
}

// freeName is a name that no inline policy of the caller has.
func (s *mover) freeName(name string) string {
	free := name
	for n := 2; slices.ContainsFunc(s.d.caller.Identity, func(p iam.Policy) bool { return p.Name == free }); n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	return free
}

// grant gives the caller a grant of this operation alone, with the encryption context of the request.
func (s *mover) grant() {
	key := s.d.key(s.w)
	if key == "" || s.d.caller.Kind == iam.Service {
		return
	}
	operation := strings.TrimPrefix(s.d.x.Action, "kms:")
	operations := []string{operation}
	if operation == "CreateGrant" {
		for _, o := range s.d.input.Get("Operations").Array() {
			if o.Str != operation {
				operations = append(operations, o.Str)
			}
		}
	}
	for _, name := range s.named() {
		values := map[string]any{"GranteePrincipal": name, "Operations": operations}
		words := "give " + shortName(name) + " a grant of " + strings.Join(operations, ", ") + " on " + s.resource()
		if context := s.d.encryptionContext(); len(context) > 0 {
			values["Constraints"] = map[string]any{"EncryptionContextEquals": context}
			words += " for the encryption context " + pairs(context)
		}
		s.add(words, onKey(s.w, key, "CreateGrant", values)...)
	}
}

func pairs(context map[string]string) string {
	list := []string{}
	for _, k := range slices.Sorted(maps.Keys(context)) {
		list = append(list, k+"="+context[k])
	}
	return strings.Join(list, ", ")
}

// limits are the policies that allow nothing by themselves but must allow too.
func (s *mover) limits() {
	statement := object(member{"Sid", s.sid("Allow")}, member{"Effect", "Allow"}, member{"Action", s.d.x.Action}, member{"Resource", s.d.x.Resource})
	for _, l := range s.d.x.Layers {
		if l.Verdict != authz.NoAllow {
			continue
		}
		switch l.Type {
		case authz.ServiceControlPolicy:
			s.control(policy.ServiceControlPolicy, s.d.caller.Account, &l, statement)
		case authz.ResourceControlPolicy:
			s.control(policy.ResourceControlPolicy, s.d.owner(), &l, statement)
		case authz.VPCEndpointPolicy:
			for _, p := range l.Policies {
				s.statement(p.ID, document(s.w, s.d, p.ID), "let the "+p.Name+" allow "+s.d.x.Action+" to "+s.who(), object(
					member{"Effect", "Allow"}, member{"Principal", map[string]string{"AWS": s.d.caller.Issuer.String()}},
					member{"Action", s.d.x.Action}, member{"Resource", s.d.x.Resource}))
			}
		case authz.PermissionsBoundary:
			s.boundary(statement)
		}
	}
}

// control allows at every level of an organization that lacks an allow: by a statement in a policy of its own, else by
// attaching AWS's policy that allows everything.
func (s *mover) control(kind policy.Kind, account string, l *authz.Layer, statement string) {
	levels, _ := s.w.IAM().ControlPolicies(kind, account)
	edits, attached, names := []engine.Call{}, []engine.Call{}, []string{}
	organization, _ := s.w.IAM().OrganizationOf(account)
	for _, level := range levels {
		if slices.ContainsFunc(l.Policies, func(p authz.PolicyResult) bool {
			return p.Level == level.Name && slices.ContainsFunc(p.Statements, func(r authz.StatementResult) bool { return r.Applies && r.Effect == "Allow" })
		}) {
			continue
		}
		names = append(names, level.Name)
		for _, p := range level.Policies {
			if text, ok := withStatement(p.Document, statement); ok {
				if calls := put(s.w, p.ID, text); calls != nil {
					edits = append(edits, calls...)
					break
				}
			}
		}
		attached = append(attached, root(organization.ManagementAccount, "organizations", "AttachPolicy", map[string]any{
			"PolicyId": everything[kind], "TargetId": s.target(organization.ManagementAccount, level.Name),
		}))
	}
	at := strings.Join(names, ", ")
	s.add("let the "+string(kind)+" at "+at+" allow "+s.d.x.Action, edits...)
	s.add("attach "+strings.TrimPrefix(everything[kind], "p-")+" at "+at, attached...)
}

// everything are AWS's own control policies that allow everything.
var everything = map[policy.Kind]string{policy.ServiceControlPolicy: "p-FullAWSAccess", policy.ResourceControlPolicy: "p-RCPFullAWSAccess"}

// target is the id of a level: that of the root is not its name.
func (s *mover) target(management, level string) string {
	if level != "Root" {
		return level
	}
	for _, p := range s.w.IAM().OrganizationPolicies(management) {
		for _, t := range p.Targets {
			if t.Type == "ROOT" {
				return t.TargetId
			}
		}
	}
	a := s.w.Clone().Call(root(management, "organizations", "ListRoots", nil))
	return jsonText(a.Output, "Roots.0.Id")
}

func (s *mover) boundary(statement string) {
	c := s.d.caller
	if c.Boundary == nil {
		return
	}
	s.statement(c.Boundary.ID, c.Boundary.Document, "let the permissions boundary "+c.Boundary.Name+" allow "+s.d.x.Action+" on "+s.resource(), statement)
	s.unbound()
}

// unbound takes the permissions boundary off the caller.
func (s *mover) unbound() {
	c := s.d.caller
	kind := "User"
	if c.Kind == iam.AssumedRole {
		kind = "Role"
	}
	if c.Boundary != nil {
		s.add("take the permissions boundary off "+c.Name, root(c.Account, "iam", "Delete"+kind+"PermissionsBoundary", map[string]any{kind + "Name": c.Name}))
	}
}
