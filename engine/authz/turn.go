package authz

import (
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// turn is one caller's turn with the questions of a Many. Its steps are those of Decide, each for all questions at once.
type turn struct {
	*Many
	Asked
	caller   caller
	contexts []*condition.Context // of the scenes, nil until they matter
}

// decide returns the questions that end in an explicit deny, and those that are allowed unless they are among the first.
func (t *turn) decide() (denied, allowed set) {
	denied, blocked := t.guards()
	var open, limited, delegated set // what is allowed outright, within boundary and session policy, by identity policies too
	for scene := range t.scenes {
		if t.scenes[scene].KeyPolicy == nil {
			continue
		}
		no, named := t.keyPolicy(scene)
		denied = denied.or(no)
		o, l, d := t.relations(scene, named)
		open, limited, delegated = open.or(o), limited.or(l), delegated.or(d)
	}
	p := t.Principal
	identity, no := t.policies(p.Identity, t.all)
	denied = denied.or(no)
	if len(p.Identity) == 0 && (p.Kind == iam.Root || p.Kind == iam.Service) {
		identity = t.all
	}
	limits, no := t.limits(p)
	denied = denied.or(no)
	for scene := range t.scenes {
		if t.scenes[scene].KeyPolicy != nil {
			o, l, d := t.grants(scene)
			open, limited, delegated = open.or(o), limited.or(l), delegated.or(d)
		}
	}
	o, l, d := t.ungated()
	open, limited, delegated = open.or(o), limited.or(l), delegated.or(d)
	return denied, open.or(limits.and(limited)).or(limits.and(identity).and(delegated)).without(blocked)
}

// limits are the questions that permissions boundary and session policy let pass, and those that they deny.
func (t *turn) limits(p *iam.Principal) (passed, denied set) {
	passed = t.all
	if p.Boundary != nil {
		passed, denied = t.document(p.Boundary.Document, t.all)
	}
	switch {
	case p.HasSessionPolicy:
		allowed, no := t.policies(p.Session, t.all)
		passed, denied = passed.and(allowed), denied.or(no)
	case p.Kind == iam.FederatedUser:
		passed = set{}
	}
	return passed, denied
}

// home reports whether the caller belongs to the account that owns what a scene is about, or is a service.
func (t *turn) home(scene int) bool {
	owner := t.scenes[scene].Owner
	return owner == "" || t.caller.Account == owner || t.caller.Kind == iam.Service
}

// reachable are the questions of a scene that can be answered yes at all: some operations do not work across accounts.
func (t *turn) reachable(scene int) set {
	reach := t.asked[scene]
	if t.home(scene) {
		return reach
	}
	for i := reach.first(); i < MostQuestions; i = reach.from(i + 1).first() {
		if !t.questions[i].CrossAccount {
			reach = reach.without(set{}.with(i))
		}
	}
	return reach
}

// byRelation are the questions for which Allow statements of a key policy name the caller, as namings list how.
type byRelation [len(namings)]set

var namings = [...]Relation{Self, Everyone, Role, FederatingUser, Account}

// keyPolicy asks the key policy of a scene.
func (t *turn) keyPolicy(scene int) (denied set, allowed byRelation) {
	at := &t.scenes[scene]
	statements := at.KeyPolicy.Document.Statements
	for i := range statements {
		s := &statements[i]
		relation, ok := t.relation(s, at.Bound)
		if !ok {
			continue
		}
		hit := t.applies(s, condition.InKeyPolicy, t.asked[scene])
		if s.Effect == policy.Deny {
			denied = denied.or(hit)
			continue
		}
		for j, r := range namings {
			if r == relation {
				allowed[j] = allowed[j].or(hit)
			}
		}
	}
	return denied, allowed
}

// relations are the paths that key policy statements open: see keyPolicyPaths.
func (t *turn) relations(scene int, by byRelation) (open, limited, delegated set) {
	reach, home := t.reachable(scene), t.home(scene)
	for j, r := range namings {
		hit := by[j].and(reach)
		switch {
		case !home:
			delegated = delegated.or(hit)
		case r == Self, r == Everyone, r == Account && t.caller.Kind == iam.Root:
			open = open.or(hit)
		case r == Account:
			delegated = delegated.or(hit)
		default:
			limited = limited.or(hit)
		}
	}
	return open, limited, delegated
}

// grants are the paths that the grants of a scene open: see grantPaths.
func (t *turn) grants(scene int) (open, limited, delegated set) {
	var reach set
	for _, g := range t.Grants(scene) {
		if reach.empty() {
			reach = t.reachable(scene)
		}
		hit := t.allowedBy(g, scene, t.operations(g).and(reach))
		away := !t.home(scene) && g.IssuingAccount != t.caller.Account
		switch {
		case away, t.caller.Account != "" && g.GranteeID == t.caller.Account:
			delegated = delegated.or(hit)
		case t.caller.Kind == iam.AssumedRole && g.GranteeID == t.caller.issuerID:
			limited = limited.or(hit)
		default:
			open = open.or(hit)
		}
	}
	return open, limited, delegated
}

func (t *turn) allowedBy(g *Grant, scene int, among set) set {
	for i := among.first(); i < MostQuestions; i = among.from(i + 1).first() {
		e := t.evaluation(i)
		if e.Request.Context = nil; t.caller.Kind == iam.Service {
			e.Request.Context = t.context(i)
		}
		if e.grantProblem(g) != "" {
			among = among.without(set{}.with(i))
		}
	}
	return among
}

// evaluation is a question as the parts of Decide take it, as far as grants go.
func (t *turn) evaluation(i int) *evaluation {
	q := &t.questions[i]
	at := &t.scenes[q.Scene]
	return &evaluation{caller: t.caller, Request: &Request{
		Principal: t.Principal, Action: q.Action, Resource: at.Resource, Owner: at.Owner, Operation: q.Operation, Now: t.Now,
		CrossAccount: q.CrossAccount, EncryptionContext: q.EncryptionContext, GrantTokens: q.GrantTokens, Child: q.Child, SourceGrants: q.SourceGrants,
	}}
}

// ungated are the paths of questions that no key policy is asked about.
func (t *turn) ungated() (open, limited, delegated set) {
	for scene := range t.scenes {
		asked := t.asked[scene].without(t.retiring)
		switch {
		case t.scenes[scene].KeyPolicy != nil, t.caller.Kind == iam.Service:
		case t.caller.Kind == iam.Root:
			open = open.or(asked)
		default:
			delegated = delegated.or(asked)
		}
	}
	for i := t.retiring.first(); i < MostQuestions; i = t.retiring.from(i + 1).first() {
		one := set{}.with(i)
		switch layers := t.retire(i); len(layers) {
		case 0:
		case len(granted):
			open = open.or(one)
		default: // whoever may retire by more than the grant needs an identity-based policy
			delegated = delegated.or(one)
		}
	}
	return open, limited, delegated
}

// retire are the layers by which the caller may retire a grant: see DecideRetire.
func (t *turn) retire(i int) []LayerType {
	q := &t.questions[i]
	e := t.evaluation(i)
	e.Operation, e.CrossAccount, e.Context = "RetireGrant", true, t.context(i)
	if q.ByToken {
		e.GrantTokens = []string{q.Retire.ID}
	}
	role, problem := e.retirer(&RetireRequest{Principal: t.Principal, Grant: q.Retire, KeyARN: e.Resource, Owner: e.Owner, Now: t.Now, ByToken: q.ByToken})
	if problem != "" || e.timeProblem(q.Retire) != "" {
		return nil
	}
	return role.layers
}
