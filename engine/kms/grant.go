package kms

import (
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
)

// checkGrantInput checks what the model cannot say. The texts about constraints are ours.
func checkGrantInput(c *call) *Error {
	constraints := c.member("Constraints")
	equals, subset := catalog.Member(constraints, "EncryptionContextEquals"), catalog.Member(constraints, "EncryptionContextSubset")
	switch operations := c.list("Operations"); {
	case !c.has("GranteePrincipal") && !c.has("GranteeServicePrincipal"):
		return errorf(validation, "1 validation error detected: Value null at 'granteePrincipal' failed to satisfy constraint: Member must not be null")
	case len(operations) == 1 && operations[0] == "CreateGrant":
		return errorf(validation, "Grants must not contain only the CreateGrant operation.")
	case len(operations) == 0:
		return errorf(validation, "1 validation error detected: Value '[]' at 'operations' failed to satisfy constraint: Member must have length greater than or equal to 1")
	case equals.Type != gjson.Null && subset.Type != gjson.Null:
		return errorf(validation, "A grant can have only one of the constraints EncryptionContextEquals and EncryptionContextSubset.")
	}
	if err := checkServicePrincipals(c, catalog.Member(constraints, "SourceArn").Str); err != nil {
		return err
	}
	for k, v := range pairs(or2(equals, subset)) {
		if len(v) > catalog.GrantConstraintValue {
			return errorf(validation, "The value of %s in a grant constraint is longer than %d characters.", k, catalog.GrantConstraintValue)
		}
	}
	if len(pairs(or2(equals, subset))) > catalog.GrantConstraintPairs {
		return errorf(validation, "A grant constraint can have at most %d encryption context pairs.", catalog.GrantConstraintPairs)
	}
	return nil
}

// checkServicePrincipals checks what goes together in a grant to a service principal, as the API reference says; the
// texts are ours.
// https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html, read 2026-11
func checkServicePrincipals(c *call, source string) *Error {
	service := c.has("GranteeServicePrincipal")
	switch {
	case service && c.has("GranteePrincipal"):
		return errorf(validation, "Specify either GranteePrincipal or GranteeServicePrincipal, not both.")
	case c.has("RetiringPrincipal") && c.has("RetiringServicePrincipal"):
		return errorf(validation, "Specify either RetiringPrincipal or RetiringServicePrincipal, not both.")
	case service && source == "":
		return errorf(validation, "A grant with a GranteeServicePrincipal needs the constraint SourceArn.")
	case service && !c.has("RetiringPrincipal") && !c.has("RetiringServicePrincipal"):
		return errorf(validation, "A grant with a GranteeServicePrincipal needs a RetiringPrincipal or a RetiringServicePrincipal.")
	}
	if _, ok := arn.Parse(source); source != "" && !ok {
		return errorf(invalidArn, "ARN is not valid: %s", source)
	}
	for _, name := range [...]string{"GranteeServicePrincipal", "RetiringServicePrincipal"} {
		if c.has(name) && !isService(c.str(name)) {
			return errorf(invalidArn, "%s does not refer to a valid principal.", name)
		}
	}
	return nil
}

// isService reports whether a name has the form of a service principal: "ec2.amazonaws.com". Which services there are
// is not looked at.
func isService(name string) bool {
	service, ok := strings.CutSuffix(strings.TrimSuffix(name, ".cn"), ".amazonaws.com")
	return ok && service != "" && !strings.ContainsAny(service, ":/@=+,")
}

func or2(a, b gjson.Result) gjson.Result {
	if a.Type == gjson.Null {
		return b
	}
	return a
}

// newGrant is the grant that the request asks for, without its id and principals.
func (c *call) newGrant() authz.Grant {
	constraints := c.member("Constraints")
	operations := c.list("Operations")
	slices.Sort(operations)
	return authz.Grant{
		Name: c.str("Name"), Operations: slices.Compact(operations), IssuingAccount: c.issuingAccount(), CreatedAt: c.Now,
		GranteeARN: or(c.str("GranteePrincipal"), c.str("GranteeServicePrincipal")), GranteeService: c.has("GranteeServicePrincipal"),
		RetiringARN: or(c.str("RetiringPrincipal"), c.str("RetiringServicePrincipal")), RetiringService: c.has("RetiringServicePrincipal"),
		SourceArn:        catalog.Member(constraints, "SourceArn").Str,
		ConstraintEquals: pairs(catalog.Member(constraints, "EncryptionContextEquals")),
		ConstraintSubset: pairs(catalog.Member(constraints, "EncryptionContextSubset")),
	}
}

// issuingAccount is the account that a grant comes from: the caller's, or the key's when a service creates it.
func (c *call) issuingAccount() string { return or(c.Caller.Account, c.keys[0].key.Account) }

func createGrantChecks(c *call) []check {
	child := c.newGrant()
	return []check{{action: "CreateGrant", key: c.keys[0], grantable: true, child: &child, context: constraintOf(&child)}}
}

// constraintOf is the encryption context of a grant's constraint, of either kind.
func constraintOf(g *authz.Grant) map[string]string {
	if g.ConstraintEquals != nil {
		return g.ConstraintEquals
	}
	return g.ConstraintSubset
}

func (f *filler) constraintType(g *authz.Grant) {
	switch {
	case g.ConstraintEquals != nil:
		f.set("kms:GrantConstraintType", "EncryptionContextEquals")
	case g.ConstraintSubset != nil:
		f.set("kms:GrantConstraintType", "EncryptionContextSubset")
	}
}

func grantConditions(c *call, f *filler) {
	forAWSResource(c, f)
	g := c.newGrant()
	f.setList("kms:GrantOperations", g.Operations)
	for _, name := range [...]string{"GranteePrincipal", "RetiringPrincipal", "GranteeServicePrincipal", "RetiringServicePrincipal"} {
		if principal := c.str(name); principal != "" {
			f.set("kms:"+name, principal)
		}
	}
	if g.SourceArn != "" {
		f.set("kms:GrantConstraintSourceArn", g.SourceArn)
	}
	f.constraintType(&g)
}

func createGrant(c *call) (any, *Error) {
	key, g := c.keys[0].key, c.newGrant()
	if err := checkGrantFits(key, &g); err != nil {
		return nil, err
	}
	if err := c.bindPrincipals(&g); err != nil {
		return nil, err
	}
	grant := c.sameGrant(key.ARN, &g)
	if grant == nil {
		if n := c.countGrants(key.ARN); n >= c.quotas.GrantsPerKey {
			return nil, errorf(limitExceeded, "") // AWS's text is not known
		}
		grant = c.addGrant(key, g)
	}
	return struct{ GrantToken, GrantId string }{c.grantToken(key, grant.ID), grant.ID}, nil
}

// bindPrincipals finds the unique ids of a grant's principals. A service principal is its own id.
func (c *call) bindPrincipals(g *authz.Grant) (err *Error) {
	if g.GranteeID = g.GranteeARN; !g.GranteeService {
		g.GranteeARN, g.GranteeID, err = c.principal(g.GranteeARN, "GranteePrincipal does not refer to a valid principal.")
	}
	if g.RetiringID = g.RetiringARN; err == nil && g.RetiringARN != "" && !g.RetiringService {
		g.RetiringARN, g.RetiringID, err = c.principal(g.RetiringARN, "RetiringPrincipal does not refer to a valid principal.")
	}
	return err
}

// checkGrantFits: a grant may hold only what a key of that kind can do.
func checkGrantFits(key *Key, g *authz.Grant) *Error {
	spec, _ := catalog.LookupKeySpec(key.Spec, key.Usage)
	valid := spec.GrantOperations()
	var unsupported []string
	for _, operation := range g.Operations {
		if !slices.Contains(valid, operation) {
			unsupported = append(unsupported, operation)
		}
	}
	if len(unsupported) > 0 {
		return errorf(validation, "Operations [%s] are not supported when creating a grant for a %s KMS key with key usage %s. Valid operations are [%s]",
			strings.Join(unsupported, ", "), kindOf(spec), key.Usage, strings.Join(valid, ", "))
	}
	if constraintOf(g) != nil && key.Spec != symmetricDefault {
		return errorf(validation, "EncryptionContext is supported only when creating a grant for a symmetric encryption KMS key.")
	}
	return nil
}

func kindOf(spec catalog.KeySpec) string {
	if spec.Symmetric {
		return "symmetric"
	}
	return "asymmetric"
}

// principal finds the principal that an ARN or a unique id names, and its ARN as it is now. gone is AWS's text for the
// unique id of a principal that was deleted.
//
// Integrated services name themselves: ec2.us-west-2.amazonaws.com. Such a principal is its own id.
func (c *call) principal(name, gone string) (current, id string, err *Error) {
	if c.Environment.ViaService != "" && strings.HasSuffix(name, ".amazonaws.com") {
		return name, name, nil
	}
	if a, isARN := arn.Parse(name); isARN {
		id, ok := c.Directory.Lookup(a)
		if !ok && sessionHasPath(a) {
			return "", "", errorf(invalidArn, "ARN is not valid: %s", name)
		}
		if !ok {
			return "", "", errorf(invalidArn, "ARN does not refer to a valid principal: %s", name)
		}
		return name, id, nil
	}
	if current, ok := c.Directory.ARNOf(name); ok {
		return current, name, nil
	}
	return "", "", errorf(invalidArn, "%s", gone)
}

// sessionHasPath reports whether an ARN of a role session holds the path of the role, which such ARNs never do.
func sessionHasPath(a arn.ARN) bool {
	return a.Service == "sts" && strings.HasPrefix(a.Resource, "assumed-role/") && strings.Count(a.Resource, "/") > 2
}

// sameGrant finds the grant that a retry of a named request made before; it is compared by bound identity.
func (c *call) sameGrant(keyARN string, g *authz.Grant) *Grant {
	if g.Name == "" {
		return nil
	}
	for _, old := range c.granted[grantee{keyARN, g.GranteeID}] {
		if old.EndsAt.IsZero() && old.Name == g.Name && old.RetiringID == g.RetiringID && slices.Equal(old.Operations, g.Operations) &&
			old.SourceArn == g.SourceArn && old.GranteeService == g.GranteeService && old.RetiringService == g.RetiringService &&
			maps.Equal(old.ConstraintEquals, g.ConstraintEquals) && maps.Equal(old.ConstraintSubset, g.ConstraintSubset) {
			return c.grants[old.ID]
		}
	}
	return nil
}

func (c *call) addGrant(key *Key, g authz.Grant) *Grant {
	ordinal, stream := c.draw(key, "grant")
	g.ID = hex.EncodeToString(hsm.Bytes(stream, 32))
	g.VisibleAt = c.visibleAt(key, "grant", grantLag)
	grant := &Grant{Grant: g, KeyARN: key.ARN, ordinal: ordinal}
	c.grants[g.ID] = grant
	c.index(grant)
	return grant
}

// index lets authorization find a grant.
func (s *Service) index(g *Grant) {
	who := grantee{g.KeyARN, g.GranteeID}
	list := s.granted[who]
	s.granted[who] = append(list[:len(list):len(list)], &g.Grant)
}

func (s *Service) removeGrant(g *Grant) {
	delete(s.grants, g.ID)
	delete(s.ended, g.ID)
	who := grantee{g.KeyARN, g.GranteeID}
	rest := slices.DeleteFunc(slices.Clone(s.granted[who]), func(other *authz.Grant) bool { return other.ID == g.ID })
	if s.granted[who] = rest; len(rest) == 0 {
		delete(s.granted, who)
	}
}

func (s *Service) countGrants(keyARN string) (n int) {
	for _, g := range s.grants {
		if g.KeyARN == keyARN {
			n++
		}
	}
	return n
}
