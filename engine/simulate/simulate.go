// Package simulate is IAM's policy simulator: what would be decided by policies that are handed in, or by those of a
// user, group or role. Nothing is called and nothing changes.
//
// It shares the evaluation of statements with authorization and composes the layers as AWS's simulator was recorded to
// do (2026-09), which differs from what services decide: a resource-based policy of the caller's account that names
// the caller or its account is enough by itself, and nobody asks for a key policy that was not handed in.
package simulate

import (
	"strconv"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/iam"
)

// Request is one call to the simulator that was authorized; its input fits its model.
type Request struct {
	iam.Request
	Directory *iam.Directory
	// Controls are the service control policies that bind a principal, nil where there are none.
	Controls func(*iam.Principal) *authz.Guard
}

// operations are the calls that this package performs, by name.
var operations = map[string]func(*Request) (iam.Object, *iam.Error){
	"SimulateCustomPolicy":             (*Request).custom,
	"SimulatePrincipalPolicy":          (*Request).principal,
	"GetContextKeysForCustomPolicy":    (*Request).customKeys,
	"GetContextKeysForPrincipalPolicy": (*Request).principalKeys,
}

// Performs reports whether an operation of IAM is performed here.
func Performs(operation string) bool { return operations[operation] != nil }

// Do performs a call.
func Do(r Request) (iam.Object, *iam.Error) { return operations[r.Operation](&r) }

func invalid(message string) *iam.Error { return &iam.Error{Code: "InvalidInput", Message: message} }

// texts returns a list of strings.
func texts(list gjson.Result) []string {
	all := []string{}
	for _, v := range list.Array() {
		all = append(all, v.String())
	}
	return all
}

func (r *Request) member(name string) gjson.Result { return catalog.Member(r.Input, name) }

func (r *Request) custom() (iam.Object, *iam.Error) {
	s := simulation{account: r.Caller.Account}
	if err := s.organization(r.member("OrderedOrganizationPolicyInputList")); err != nil {
		return nil, err
	}
	return r.run(&s)
}

func (r *Request) principal() (iam.Object, *iam.Error) {
	e, err := r.Directory.Simulated(r.member("PolicySourceArn").String(), r.Caller.Account)
	if err != nil {
		return nil, err
	}
	excluded, err := exclusions(r.member("PolicyExclusionList"))
	if err != nil {
		return nil, err
	}
	s := simulation{account: e.ARN.Account, callerARN: e.ARN.String()}
	for _, p := range e.Policies {
		if !excluded.attached(&p) {
			s.identity = append(s.identity, policySource{id: sourceID(&p), kind: identityPolicy, policy: p.Policy})
		}
	}
	if e.Boundary != nil && !excluded.types["permission-boundary"] {
		s.boundary = &policySource{id: e.Boundary.Name, kind: boundaryPolicy, policy: e.Boundary.Policy}
	}
	if !excluded.types["scp"] {
		s.controls = r.Controls(bound(e))
	}
	return r.run(&s)
}

// sourceID is how the simulator names a policy of a user, group or role.
func sourceID(p *iam.Attachment) string {
	if p.OwnerKind == "" {
		return p.Name
	}
	return p.OwnerKind + "_" + p.OwnerName + "_" + p.Name
}

// bound is an entity as the policies of its organization see it.
func bound(e *iam.Entity) *iam.Principal {
	p := &iam.Principal{Kind: iam.User, ARN: e.ARN, Issuer: e.ARN, Account: e.ARN.Account, ID: e.ID, Name: e.Name}
	if e.Kind == "role" {
		p.Kind = iam.AssumedRole
	}
	return p
}

// run reads the rest of the request and evaluates one page of its actions.
func (r *Request) run(s *simulation) (iam.Object, *iam.Error) {
	if err := s.read(r); err != nil {
		return nil, err
	}
	start, end := 0, len(s.actions)
	if marker := r.member("Marker"); given(marker) {
		n, err := strconv.Atoi(marker.String())
		if err != nil || n < 0 {
			return nil, invalid("Invalid marker for pagination.")
		}
		start = min(n, len(s.actions))
	}
	most := 100
	if items := r.member("MaxItems"); given(items) {
		most = int(items.Int())
	}
	end = min(end, start+most)
	results := []iam.Object{}
	for _, action := range s.actions[start:end] {
		results = append(results, s.evaluate(action))
	}
	out := iam.Object{{Name: "EvaluationResults", Value: results}, {Name: "IsTruncated", Value: end < len(s.actions)}}
	if end < len(s.actions) {
		out = append(out, iam.Member{Name: "Marker", Value: strconv.Itoa(end)})
	}
	return out, nil
}

// given reports whether a parameter is there: null is as good as none.
func given(v gjson.Result) bool { return v.Type != gjson.Null }
