package kms

import (
	"slices"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/iam"
)

type grantConstraints struct {
	EncryptionContextSubset map[string]string `json:",omitempty"`
	EncryptionContextEquals map[string]string `json:",omitempty"`
	SourceArn               string            `json:",omitempty"`
}

type grantListEntry struct {
	KeyId             string
	GrantId           string
	Name              string `json:",omitempty"`
	CreationDate      float64
	GranteePrincipal  string `json:",omitempty"`
	RetiringPrincipal string `json:",omitempty"`
	IssuingAccount    string
	Operations        []string
	Constraints       *grantConstraints `json:",omitempty"`

	GranteeServicePrincipal  string `json:",omitempty"`
	RetiringServicePrincipal string `json:",omitempty"`
}

// listed is a grant as AWS lists it. A principal that is gone shows as its unique id.
func listed(g Grant, directory *iam.Directory) grantListEntry {
	entry := grantListEntry{
		KeyId: g.KeyARN, GrantId: g.ID, Name: g.Name, CreationDate: catalog.Epoch(g.CreatedAt), Operations: g.Operations,
		IssuingAccount: "arn:" + partitionOf(g.KeyARN) + ":iam::" + g.IssuingAccount + ":root",
	}
	place(&entry.GranteePrincipal, &entry.GranteeServicePrincipal, currentName(g.GranteeARN, g.GranteeID, directory), g.GranteeService)
	place(&entry.RetiringPrincipal, &entry.RetiringServicePrincipal, currentName(g.RetiringARN, g.RetiringID, directory), g.RetiringService)
	if constraintOf(&g.Grant) != nil || g.SourceArn != "" {
		entry.Constraints = &grantConstraints{g.ConstraintSubset, g.ConstraintEquals, g.SourceArn}
	}
	return entry
}

// place puts a name into the member for principals, or into the one for service principals.
func place(principal, service *string, name string, isService bool) {
	if isService {
		principal = service
	}
	*principal = name
}

func partitionOf(keyARN string) string {
	a, _ := arn.Parse(keyARN)
	return a.Partition
}

func currentName(name, id string, directory *iam.Directory) string {
	if id == "" {
		return name
	}
	if now, ok := directory.ARNOf(id); ok {
		return now
	}
	return id
}

func listGrants(c *call) (any, *Error) {
	grants := c.Grants(c.keys[0].key.ARN)
	if name := c.str("GranteePrincipal"); name != "" {
		_, id, err := c.principal(name, "Input does not refer to a valid principal")
		if err != nil {
			return nil, err
		}
		grants = slices.DeleteFunc(grants, func(g Grant) bool { return g.GranteeID != id })
	}
	if name := c.str("GranteeServicePrincipal"); name != "" {
		grants = slices.DeleteFunc(grants, func(g Grant) bool { return !g.GranteeService || g.GranteeID != name })
	}
	if id := c.str("GrantId"); id != "" {
		grants = slices.DeleteFunc(grants, func(g Grant) bool { return g.ID != id })
	}
	return c.grantPage(grants)
}

func (c *call) grantPage(grants []Grant) (any, *Error) {
	page, err := paginate(c, grants, func(g Grant) string { return g.ID })
	if err != nil {
		return nil, err
	}
	list := make([]grantListEntry, len(page.items))
	for i, g := range page.items {
		list[i] = listed(g, c.Directory)
	}
	return struct {
		Grants []grantListEntry
		pageOutput
	}{list, page.pageOutput}, nil
}

func checkRetiringInput(c *call) *Error {
	switch service := c.has("RetiringServicePrincipal"); {
	case service && c.has("RetiringPrincipal"):
		return errorf(validation, "Specify either RetiringPrincipal or RetiringServicePrincipal, not both.")
	case !service && !c.has("RetiringPrincipal"):
		return errorf(validation, "1 validation error detected: Value null at 'retiringPrincipal' failed to satisfy constraint: Member must not be null")
	}
	return nil
}

// listRetirableGrants lists the grants of the Region, on keys of any account, that a principal of the caller's account
// may retire. Of a service principal it lists those on the caller's own keys, since a service has no account (ours).
func listRetirableGrants(c *call) (any, *Error) {
	id, service := c.str("RetiringServicePrincipal"), c.has("RetiringServicePrincipal")
	if !service {
		var err *Error
		if id, err = c.retiringID(c.str("RetiringPrincipal")); err != nil {
			return nil, err
		}
	}
	grants := sorted(c.grants, func(g Grant) bool {
		a, _ := arn.Parse(g.KeyARN)
		return g.RetiringID == id && a.Region == c.Region && (!service || g.RetiringService && a.Account == c.Caller.Account)
	})
	slices.SortStableFunc(grants, func(a, b Grant) int {
		if a.KeyARN != b.KeyARN {
			return strings.Compare(a.KeyARN, b.KeyARN)
		}
		return a.ordinal - b.ordinal
	})
	return c.grantPage(grants)
}

// retiringID finds the unique id of a principal of the caller's account, by its ARN or id.
func (c *call) retiringID(name string) (string, *Error) {
	current, id, err := c.principal(name, "")
	if err != nil && err.Message == "" {
		return "", errorf(notFound, "Retiring principal %s could not be found", name)
	}
	if a, isARN := arn.Parse(current); err == nil && isARN && a.Account != c.Caller.Account {
		return "", errorf(invalidArn, "ARN does not refer to a valid principal: %s", name)
	}
	return id, err
}

func regionOf(keyARN string) string {
	a, _ := arn.Parse(keyARN)
	return a.Region
}
