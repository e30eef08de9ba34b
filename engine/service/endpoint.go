package service

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
)

// Endpoint is a VPC endpoint.
type Endpoint struct {
	home
	ID      string // "vpce-0123456789abcdef0"
	VPC     string
	Service string // "com.amazonaws.us-west-2.kms"
	Policy  *iam.Policy
}

// anything is the policy of an endpoint that was made without one.
const anything = `{
  "Statement": [
    {
      "Action": "*",
      "Effect": "Allow",
      "Principal": "*",
      "Resource": "*"
    }
  ]
}`

// Endpoint finds a VPC endpoint by its id.
func (r *Resources) Endpoint(id string) (Endpoint, bool) {
	e, ok := r.endpoints[id]
	return e, ok
}

// Endpoints are all VPC endpoints, by account, Region and id.
func (r *Resources) Endpoints() []Endpoint {
	return slices.SortedFunc(maps.Values(r.endpoints), func(a, b Endpoint) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), cmp.Compare(a.ID, b.ID))
	})
}

// Reaches reports whether an endpoint leads to a service: "kms", "ec2".
func (e Endpoint) Reaches(service string) bool { return strings.HasSuffix(e.Service, "."+service) }

func (c *call) createVpcEndpoint() (object, *Error) {
	e := Endpoint{home: c.home(), ID: c.endpointID(), VPC: c.text("VpcId"), Service: c.text("ServiceName")}
	if !strings.HasPrefix(e.Service, "com.amazonaws."+c.Region+".") {
		return nil, &Error{"InvalidServiceName", "The Vpc Endpoint Service '" + e.Service + "' does not exist", 400}
	}
	if err := e.setPolicy(c.text("PolicyDocument")); err != nil {
		return nil, err
	}
	c.endpoints[e.ID] = e
	return object{"VpcEndpoint": e.describe()}, nil
}

// GiveIDs says which ids the first VPC endpoints will have; other ids are passed over.
func (r *Resources) GiveIDs(ids []string) {
	for _, id := range ids {
		if IsGivenID(id) && !slices.Contains(r.given, id) {
			r.given = append(slices.Clip(r.given), id)
		}
	}
}

// IsGivenID reports whether GiveIDs takes an id.
func IsGivenID(id string) bool {
	rest, ok := strings.CutPrefix(id, "vpce-")
	return ok && rest != "" && len(rest) <= 64 && strings.Trim(rest, "0123456789abcdef") == ""
}

func (c *call) endpointID() string {
	drawn := c.newID("vpce")
	if len(c.given) == 0 {
		return drawn
	}
	id := c.given[0]
	c.given = c.given[1:]
	return id
}

// setPolicy gives an endpoint a policy, the empty text for the default one.
func (e *Endpoint) setPolicy(text string) *Error {
	if text == "" {
		text = anything
	}
	document, diags := policy.ParseAs(policy.VPCEndpointPolicy, text)
	if policy.Refused(diags) { // AWS's text is not known
		return &Error{"InvalidPolicyDocument", "The policy document is not valid: " + diags[0].Message, 400}
	}
	e.Policy = &iam.Policy{ID: e.Account + "/vpc-endpoint/" + e.ID, Name: "policy of " + e.ID, Kind: policy.VPCEndpointPolicy, Document: document}
	return nil
}

func (c *call) findEndpoint(id string) (Endpoint, *Error) {
	e, ok := c.endpoints[id]
	if !ok || e.home != c.home() {
		return Endpoint{}, &Error{"InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '" + id + "' does not exist", 400}
	}
	return e, nil
}

func (c *call) modifyVpcEndpoint() (object, *Error) {
	e, err := c.findEndpoint(c.text("VpcEndpointId"))
	if err != nil {
		return nil, err
	}
	if reset := c.Input.Get("ResetPolicy").Bool(); reset || c.has("PolicyDocument") {
		text := c.text("PolicyDocument")
		if reset {
			text = ""
		}
		if err := e.setPolicy(text); err != nil {
			return nil, err
		}
	}
	c.endpoints[e.ID] = e
	return object{"Return": true}, nil
}

func (c *call) describeVpcEndpoints() (object, *Error) {
	wanted := c.list("VpcEndpointIds")
	if len(wanted) == 0 {
		wanted = ids(c.endpoints, func(e Endpoint) bool { return e.home == c.home() })
	}
	list := []object{}
	for _, id := range wanted {
		e, err := c.findEndpoint(id)
		if err != nil {
			return nil, err
		}
		list = append(list, e.describe())
	}
	return object{"VpcEndpoints": list}, nil
}

func (e Endpoint) describe() object {
	return object{
		"VpcEndpointId": e.ID, "VpcEndpointType": "Interface", "VpcId": e.VPC, "ServiceName": e.Service, "State": "available",
		"PolicyDocument": e.Policy.Document.Text.String(), "PrivateDnsEnabled": true, "OwnerId": e.Account,
	}
}
