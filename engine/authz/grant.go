package authz

import (
	"slices"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// grantLayer is the layer of the grants that name the caller as grantee, beside Request.Grants.
func (e *evaluation) grantLayer() Layer {
	l := Layer{Type: Grants, Verdict: NotPresent, Policies: []PolicyResult{}, Grants: make([]GrantResult, len(e.Grants))}
	if len(e.Grants) > 0 {
		l.Verdict = NoAllow
	}
	for i, g := range e.Grants {
		problem := e.grantProblem(g)
		r := GrantResult{GrantID: g.ID, Name: g.Name, Grantee: g.GranteeARN, IssuingAccount: g.IssuingAccount, Allows: problem == "", Reason: problem}
		r.ByToken = e.byToken(g)
		r.timed(g, e.Now)
		if r.Allows {
			l.Verdict = Allowed
			r.Reason = "it names the caller as grantee, allows " + e.Operation + ", and its constraints hold" + e.timeNote(g)
		}
		l.Grants[i] = r
	}
	return l
}

// grantProblem is why a grant does not allow the call, or "".
func (e *evaluation) grantProblem(g *Grant) string {
	if problem := e.termsProblem(g); problem != "" {
		return problem
	}
	return e.timeProblem(g)
}

// termsProblem is why a grant would not allow the call at any time, or "".
func (e *evaluation) termsProblem(g *Grant) string {
	switch {
	case e.Operation == "":
		return "no grant can allow " + e.Action
	case !slices.Contains(g.Operations, e.Operation):
		return "its Operations are " + strings.Join(g.Operations, ", ") + ", not " + e.Operation
	case e.sourceProblem(g) != "":
		return e.sourceProblem(g)
	case e.pairProblem(g) != "":
		return e.pairProblem(g)
	case e.Operation == "CreateGrant":
		return childProblem(g, e.Child)
	case e.Operation == "DescribeKey", e.Operation == "RetireGrant": // constraints do not count for these two
		return ""
	}
	return constraintProblem(g, e.EncryptionContext)
}

// sourceProblem compares aws:SourceArn with the grant's SourceArn constraint. It counts for the calls that an AWS
// service makes in its own name, with every operation but RetireGrant.
// https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html
func (e *evaluation) sourceProblem(g *Grant) string {
	if g.SourceArn == "" || e.caller.Kind != iam.Service || e.Operation == "RetireGrant" {
		return ""
	}
	source, ok := e.Context.Lookup("aws:sourcearn", condition.InIdentityPolicy)
	switch {
	case !ok || len(source.Values) != 1:
		return "its SourceArn is " + g.SourceArn + ", and the request carries no aws:SourceArn"
	case !arn.CompilePattern(g.SourceArn).Match(source.Values[0]):
		return "its SourceArn is " + g.SourceArn + ", the request's aws:SourceArn is " + source.Values[0]
	}
	return ""
}

// pairProblem: where a service re-encrypts by two grants, both must name the same SourceArn.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html, read 2026-11
func (e *evaluation) pairProblem(g *Grant) string {
	if len(e.SourceGrants) == 0 || e.caller.Kind != iam.Service {
		return ""
	}
	for _, source := range e.SourceGrants {
		if source.SourceArn == g.SourceArn {
			return ""
		}
	}
	return "its SourceArn is " + orNone(g.SourceArn) + ", and that of the grant on the source key is " + orNone(e.SourceGrants[0].SourceArn) +
		": both grants of a ReEncrypt must name the same one"
}

func orNone(text string) string {
	if text == "" {
		return "not set"
	}
	return text
}

// constraintProblem compares a request's encryption context with a grant's constraint.
//
// Keys of the constraint are matched without regard to letter case, as the API reference of GrantConstraints says;
// the developer guide says otherwise. Values are exact.
func constraintProblem(g *Grant, context map[string]string) string {
	switch {
	case g.ConstraintEquals != nil:
		if len(context) != len(g.ConstraintEquals) || !holdsPairs(context, g.ConstraintEquals) {
			return "its EncryptionContextEquals is " + pairs(g.ConstraintEquals) + ", the request's encryption context is " + pairs(context)
		}
	case g.ConstraintSubset != nil:
		if !holdsPairs(context, g.ConstraintSubset) {
			return "its EncryptionContextSubset is " + pairs(g.ConstraintSubset) + ", the request's encryption context is " + pairs(context)
		}
	}
	return ""
}

// holdsPairs reports whether context has every pair of wanted.
func holdsPairs(context, wanted map[string]string) bool {
	for k, v := range wanted {
		if context[k] == v {
			if _, ok := context[k]; ok {
				continue
			}
		}
		if !holdsFolded(context, k, v) {
			return false
		}
	}
	return true
}

func holdsFolded(context map[string]string, key, value string) bool {
	for k, v := range context {
		if v == value && strings.EqualFold(k, key) {
			return true
		}
	}
	return false
}

// childProblem is why a grantee may not create the child grant by relying on its own grant: a child may allow only
// operations of its parent, under constraints that are at least as strict.
func childProblem(parent, child *Grant) string {
	if child == nil {
		return ""
	}
	for _, operation := range child.Operations {
		if !slices.Contains(parent.Operations, operation) {
			return "a child grant may allow only its own Operations, and " + operation + " is not among them"
		}
	}
	if child.SourceArn != parent.SourceArn && parent.SourceArn != "" {
		return "a child grant must keep its SourceArn " + parent.SourceArn
	}
	switch {
	case parent.ConstraintEquals != nil:
		if child.ConstraintEquals == nil || len(child.ConstraintEquals) != len(parent.ConstraintEquals) ||
			!holdsPairs(child.ConstraintEquals, parent.ConstraintEquals) {
			return "a child grant must keep its EncryptionContextEquals " + pairs(parent.ConstraintEquals)
		}
	case parent.ConstraintSubset != nil:
		if !holdsPairs(child.ConstraintEquals, parent.ConstraintSubset) && !holdsPairs(child.ConstraintSubset, parent.ConstraintSubset) {
			return "a child grant must be at least as strict as its EncryptionContextSubset " + pairs(parent.ConstraintSubset)
		}
	}
	return ""
}

// pairs prints an encryption context: {Department=IT, Project=x}.
func pairs(context map[string]string) string {
	if len(context) == 0 {
		return "empty"
	}
	keys := make([]string, 0, len(context))
	for k := range context {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for i, k := range keys {
		keys[i] = k + "=" + context[k]
	}
	return "{" + strings.Join(keys, ", ") + "}"
}
