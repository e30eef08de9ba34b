package simulate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// The types of policy as results name them, which are not those of the service model (recorded).
const (
	identityPolicy = "IAM Policy"
	boundaryPolicy = "Permissions Boundary Policy"
	resourcePolicy = "Resource Policy"
)

// policySource is a policy that takes part, and how results name it.
type policySource struct {
	id     string // "PolicyInputList.1"
	kind   string
	policy iam.Policy
}

// simulation is one call, read.
type simulation struct {
	account   string // of the simulated caller
	callerARN string // empty when nobody is named
	caller    *iam.Principal
	owner     string // account that ResourceOwner names, empty for none

	actions   []string
	resources []string // "*" alone when the request names none
	specific  bool     // the request names resources

	identity []policySource
	boundary *policySource
	resource *policySource
	controls *authz.Guard // nil: no organization limits the caller

	context condition.Context
	given   map[string]bool // the keys of ContextEntries, in lower case
}

// read takes in what both simulations have in common. What AWS checks first was recorded for actions before resources
// only; the rest of the order is ours.
func (s *simulation) read(r *Request) *iam.Error {
	if s.actions = texts(r.member("ActionNames")); len(s.actions) == 0 {
		return &iam.Error{Code: "ValidationError", Message: "1 validation error detected: Value at 'actionNames' failed to satisfy constraint: Member must not be null"}
	}
	s.resources = texts(r.member("ResourceArns"))
	s.specific = len(s.resources) > 0 && !slices.Equal(s.resources, []string{"*"})
	if len(s.resources) == 0 {
		s.resources = []string{"*"}
	}
	for _, step := range []func(*Request) *iam.Error{
		s.checkActions, s.checkResources, s.checkHandling, s.readPolicies, s.readCaller, s.readContext, s.readOwner, s.readResourcePolicy,
	} {
		if err := step(r); err != nil {
			return err
		}
	}
	return nil
}

func (s *simulation) checkResources(*Request) *iam.Error {
	for _, name := range s.resources {
		if _, ok := arn.Parse(name); !ok && (s.specific || name != "*") {
			return invalid("ResourceNames are not in a valid ARN format: " + name + ".")
		}
	}
	return nil
}

// readPolicies adds the policies of the request to those of the principal; its boundary takes the place of theirs.
func (s *simulation) readPolicies(r *Request) *iam.Error {
	for i, text := range texts(r.member("PolicyInputList")) {
		document, ok := parse(text, false)
		if !ok {
			return invalid(fmt.Sprintf("Policy input list item %d has invalid content", i+1))
		}
		id := "PolicyInputList." + strconv.Itoa(i+1)
		s.identity = append(s.identity, policySource{id, identityPolicy, iam.Policy{ID: id, Name: id, Kind: policy.IdentityPolicy, Document: document}})
	}
	boundaries := texts(r.member("PermissionsBoundaryPolicyInputList"))
	if len(boundaries) > 1 {
		return invalid("The list of Permissions Boundary policies cannot exceed 1 items.")
	}
	if len(boundaries) == 1 {
		document, ok := parse(boundaries[0], false)
		if !ok { // the text is ours, after that for the other list
			return invalid("Permissions Boundary policy input list item 1 has invalid content")
		}
		const id = "PermissionsBoundaryPolicyInputList.1"
		s.boundary = &policySource{id, boundaryPolicy, iam.Policy{ID: id, Name: id, Kind: policy.PermissionsBoundary, Document: document}}
	}
	return nil
}

// organization reads the service control policies of a custom simulation: one element for each level.
func (s *simulation) organization(list gjson.Result) *iam.Error {
	for i, level := range list.Array() {
		documents := texts(level.Get("ServiceControlPolicyInputList"))
		if len(documents) == 0 {
			return invalid(fmt.Sprintf("Organization policy at index %d must contain at least one service control policy", i+1))
		}
		l := authz.Level{Name: strconv.Itoa(i + 1)}
		for _, text := range documents {
			document, ok := parse(text, false)
			if !ok { // the text is ours
				return invalid(fmt.Sprintf("Organization policy at index %d has invalid content", i+1))
			}
			l.Policies = append(l.Policies, iam.Policy{Kind: policy.ServiceControlPolicy, Document: document})
		}
		if s.controls == nil {
			s.controls = &authz.Guard{}
		}
		s.controls.Levels = append(s.controls.Levels, l)
	}
	return nil
}

// parse reads a policy as the simulator does: by its form alone. Values of conditions that cannot be read are taken,
// which the writers of policies do not do; a principal is refused outside resource-based policies.
func parse(text string, principals bool) (*policy.Document, bool) {
	document, remarks := policy.Parse(text)
	for i := range document.Statements {
		if st := &document.Statements[i]; !principals && (st.HasPrincipal || st.HasNotPrincipal) {
			return nil, false
		}
	}
	return document, !policy.Refused(remarks)
}

func (s *simulation) readCaller(r *Request) *iam.Error {
	if name := r.member("CallerArn"); given(name) {
		s.callerARN = name.String()
	}
	s.caller = &iam.Principal{Kind: iam.User, Account: s.account}
	if s.callerARN == "" {
		s.context.SetString("aws:PrincipalAccount", s.account)
		s.context.SetString("aws:userid", "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR")
		return nil
	}
	a, kind, err := iam.ParseEntity(s.callerARN)
	if err != nil {
		return invalid("Invalid caller - Caller must be an IAM user, role or group in this context.")
	}
	s.account = a.Account
	// A role is a caller by its own ARN here, and so is a group: resource-based policies name them like users.
	s.caller = &iam.Principal{Kind: iam.User, ARN: a, Issuer: a, Account: a.Account, ID: s.callerARN}
	s.context.SetString("aws:PrincipalArn", s.callerARN)
	s.context.SetString("aws:PrincipalAccount", a.Account)
	s.context.SetString("aws:userid", s.callerARN)
	if kind == "user" {
		s.context.SetString("aws:username", a.Resource[strings.LastIndexByte(a.Resource, '/')+1:])
	}
	return nil
}

func (s *simulation) readOwner(r *Request) *iam.Error {
	name := r.member("ResourceOwner")
	if !given(name) {
		return nil
	}
	a, ok := arn.Parse(name.String())
	if !ok || a.Service != "iam" || len(a.Account) != 12 {
		return invalid("'" + name.String() + "' is not a valid as a Resource Owner.")
	}
	s.owner = a.Account
	return nil
}

// readResourcePolicy takes a policy that applies to all resources of the request. Its Resource must name ARNs: the "*"
// of every key policy is refused.
func (s *simulation) readResourcePolicy(r *Request) *iam.Error {
	text := r.member("ResourcePolicy")
	switch {
	case !given(text):
		return nil
	case s.callerARN == "":
		return invalid("Invalid caller - Caller cannot be null or empty.")
	case !s.specific:
		return invalid("Invalid Entity Arn: * does not clearly define entity type and name.")
	}
	document, ok := parse(text.String(), true)
	if !ok { // the text is ours
		return invalid("Resource policy has invalid content")
	}
	for i := range document.Statements {
		st := &document.Statements[i]
		for _, pattern := range slices.Concat(st.Resources, st.NotResources) {
			if !arn.HasForm(pattern.Text) {
				return invalid("ResourceNames are not in a valid ARN format: " + pattern.Text + ".")
			}
		}
	}
	s.resource = &policySource{"ResourcePolicy", resourcePolicy, iam.Policy{ID: "ResourcePolicy", Name: "ResourcePolicy", Document: document}}
	return nil
}
