package authz

import (
	"time"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// RetireRequest asks whether Principal may retire Grant. The key policy is not asked.
type RetireRequest struct {
	Principal *iam.Principal
	Grant     *Grant
	KeyARN    string
	Owner     string // account of the key
	Context   *condition.Context
	Now       time.Time
	ByToken   bool   // the request names the grant by its token, not by its id
	Guards    Guards // resource control policies do not bind RetireGrant (recorded); they are left out
}

// DecideRetire answers for RetireGrant, which has rules of its own: the retiring principal needs no permission in the
// key's own account, the grantee needs the RetireGrant operation in its grant, and everybody else needs
// kms:RetireGrant from IAM in the account that made the grant or that is its retiring principal. Explicit denies in
// IAM policies count always, resource-based policies never.
// https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
func DecideRetire(r *RetireRequest) Explanation {
	e := evaluation{caller: newCaller(r.Principal), Request: &Request{
		Principal: r.Principal, Action: "kms:RetireGrant", Resource: r.KeyARN, Owner: r.Owner, Context: r.Context,
		Operation: "RetireGrant", CrossAccount: true, Grants: []*Grant{r.Grant},
		Guards: Guards{SCP: r.Guards.SCP, VPCEndpoint: r.Guards.VPCEndpoint}, Now: r.Now,
	}}
	if r.ByToken {
		e.GrantTokens = []string{r.Grant.ID}
	}
	layers := e.layers() // no key policy: identity, boundary, session
	role, problem := e.retirer(r)
	if problem == "" {
		problem = e.timeProblem(r.Grant)
	}
	result := GrantResult{GrantID: r.Grant.ID, Name: r.Grant.Name, Grantee: r.Grant.GranteeARN, IssuingAccount: r.Grant.IssuingAccount, Allows: problem == "", Reason: problem, ByToken: r.ByToken}
	result.timed(r.Grant, r.Now)
	grants := Layer{Type: Grants, Verdict: NoAllow, Policies: []PolicyResult{}, Grants: []GrantResult{result}}
	var paths []path
	if problem == "" {
		grants.Verdict, grants.Grants[0].Reason = Allowed, role.reason
		paths = []path{{layers: role.layers, grant: 0}}
	}
	layers = append(layers, grants)
	v := conclude(layers, paths)
	if problem != "" && v.decision == ImplicitDeny {
		v.layer = IdentityPolicy
	}
	e.mute(layers, paths)
	x := Explanation{
		Decision: v.decision, Principal: e.caller.arn, Action: e.Action, Resource: e.Resource,
		Layers: layers, Context: contextEntries(r.Context), Deciding: []Place{}, Needed: []Need{}, Pending: []Pending{},
	}
	for i := range layers {
		layers[i].Summary = e.retireSummary(&layers[i])
	}
	e.explainRetire(&x, v, role, problem)
	return x
}

func (e *evaluation) retireSummary(l *Layer) string {
	if l.Type == Grants {
		return l.Grants[0].Reason
	}
	return e.summary(l)
}

func (e *evaluation) explainRetire(x *Explanation, v verdict, role retirer, problem string) {
	switch {
	case v.decision == Allow:
		x.Deciding, x.Reason = e.allowing(x.Layers, v.path), "The caller may retire the grant: "+role.reason+"."
	case v.decision == ExplicitDeny:
		e.explain(x, v)
	default:
		v.open = true // the message names the missing layer, never the hidden form
		x.Message, x.Deciding = e.message(v, x.Layers), e.missing(x.Layers, v)
		x.Reason = "The caller may not retire the grant: " + problem + "."
		if problem == "" {
			x.Reason = "The caller could retire the grant, but no " + string(v.layer) + " allows kms:RetireGrant."
			x.Needed = append(x.Needed, Need{v.layer, an(v.layer) + " of " + e.caller.issuer + " that allows kms:RetireGrant on " + e.Resource})
			return
		}
		if g := e.Request.Grants[0]; len(role.layers) > 0 && !g.ended(e.Now) {
			x.Needed = append(x.Needed, Need{Grants, "the grant's token in place of its id, or the same request from " + Moment(g.VisibleAt, e.Now) + " on"})
			return
		}
		x.Needed = append(x.Needed, Need{Grants, "a principal that the grant names as retiring principal, or a grantee whose grant has the RetireGrant operation"},
			Need{IdentityPolicy, "or a principal of account " + e.Request.Grants[0].IssuingAccount + ", which made the grant, whose IAM policies allow kms:RetireGrant"})
	}
}

// retirer is in which role somebody retires a grant, and the layers that must allow it.
type retirer struct {
	reason string
	layers []LayerType
}

// retirer finds the role of the caller, or says why it has none.
func (e *evaluation) retirer(r *RetireRequest) (retirer, string) {
	g, c := r.Grant, &e.caller
	away := c.Kind != iam.Service && c.Account != r.Owner
	retiring, grantee := c.is(g.RetiringARN, g.RetiringID), c.is(g.GranteeARN, g.GranteeID)
	hasOperation := e.termsProblem(g) == ""
	switch {
	case retiring != Stranger && retiring != Account && !away:
		return retirer{"it is the grant's retiring principal", granted}, ""
	case retiring != Stranger && retiring != Account:
		layers := grantedAway // recorded: another account's IAM must allow kms:RetireGrant
		if retiring == Role {
			layers = grantedAwayRole
		}
		return retirer{"it is the grant's retiring principal, of another account", layers}, ""
	case grantee != Stranger && grantee != Account && hasOperation && (!away || g.IssuingAccount == c.Account):
		return retirer{"it is the grantee, and the grant has the RetireGrant operation", granted}, ""
	case grantee != Stranger && grantee != Account && hasOperation:
		return retirer{"it is the grantee, of another account, and the grant has the RetireGrant operation", grantedAway}, ""
	case grantee == Account && hasOperation:
		return retirer{"its account is the grantee of a grant with the RetireGrant operation and may delegate kms:RetireGrant by IAM policies", grantedAway}, ""
	case c.Account == g.IssuingAccount && c.Kind == iam.Root, retiring == Account && c.Kind == iam.Root:
		return retirer{"it is the account that made the grant or may retire it", granted}, ""
	case c.Account == g.IssuingAccount && c.Kind != iam.Service:
		return retirer{"its account made the grant and may delegate kms:RetireGrant by IAM policies", grantedAway}, ""
	case retiring == Account:
		return retirer{"its account is the grant's retiring principal and may delegate kms:RetireGrant by IAM policies", grantedAway}, ""
	case grantee != Stranger:
		return retirer{}, "it is the grantee, but the grant does not have the RetireGrant operation"
	}
	return retirer{}, "the grant names it neither as retiring principal nor as grantee, and another account made the grant"
}

// is says how a grant's principal names the caller. Principals are held by unique id where they have one.
func (c *caller) is(name, id string) Relation {
	switch {
	case name == "" && id == "":
		return Stranger
	case id != "" && id == c.ID:
		return Self
	case id != "" && c.Kind == iam.AssumedRole && id == c.issuerID:
		return Role
	case id == "" && c.Kind == iam.Service && name == c.Name:
		return Self
	case name == c.root, name == c.Account, id == c.Account && id != "":
		return Account
	}
	return Stranger
}
