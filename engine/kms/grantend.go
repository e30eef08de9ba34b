package kms

import (
	"time"

	"kmsplayground/engine/authz"
)

// A grant ends when a principal that may retires it, or when one that may administer the key revokes it.

// checkRetireInput: a grant is named by its token, or by its key and id. The texts are ours.
func checkRetireInput(c *call) *Error {
	switch byID := c.has("KeyId") && c.has("GrantId"); {
	case c.has("GrantToken") && (c.has("KeyId") || c.has("GrantId")):
		return errorf(validation, "Specify either GrantToken, or KeyId and GrantId.")
	case !c.has("GrantToken") && !byID:
		return errorf(validation, "Specify either GrantToken, or KeyId and GrantId.")
	}
	return nil
}

// findGrantToRetire finds the grant; with a token it finds the key as well.
func findGrantToRetire(c *call) *Error {
	if token := c.str("GrantToken"); token != "" {
		id, ok := tokenGrant(token)
		if !ok {
			return errorf(invalidGrantToken, "")
		}
		if c.grant = c.grants[id]; c.grant == nil || regionOf(c.grant.KeyARN) != c.Region {
			return errorf(invalidGrantToken, "")
		}
		c.keys[0] = &target{key: c.Service.keys[c.grant.KeyARN]}
		return nil
	}
	return c.findGrant() // of another account's key that is missing too: nobody learns which keys there are
}

// findGrant finds the grant that GrantId names on the key. The texts for one that is not there are ours.
func (c *call) findGrant() *Error {
	id := c.str("GrantId")
	if len(id) != 64 || !isHex(id) {
		return errorf(invalidGrantID, "")
	}
	if c.grant = c.grants[id]; c.grant == nil || c.grant.KeyARN != c.keys[0].key.ARN {
		return errorf(notFound, "Grant ID %s not found", id)
	}
	return nil
}

// retireChecks is answered by decideRetire: the key policy has no say in it.
func retireChecks(c *call) []check {
	return []check{{action: "RetireGrant", key: c.keys[0], context: constraintOf(&c.grant.Grant)}}
}

func retireConditions(c *call, f *filler) { f.constraintType(&c.grant.Grant) }

func (c *call) decideRetire(k check) authz.Explanation {
	x := authz.DecideRetire(&authz.RetireRequest{
		Principal: c.Caller, Grant: &c.grant.Grant, Owner: k.key.key.Account, KeyARN: c.grant.KeyARN, Context: c.context(k),
		Guards: c.guards(k.key.key.Account), Now: c.Now, ByToken: c.has("GrantToken"),
	})
	c.remarks(k.key.key).annotate(&x, []*authz.Grant{&c.grant.Grant}, c.Now)
	return x
}

func retireGrant(c *call) (any, *Error) {
	c.endGrant(c.grant)
	c.result.Event.Additional = map[string]string{"grantId": c.grant.ID}
	return nil, nil
}

func revokeGrant(c *call) (any, *Error) {
	if err := c.findGrant(); err != nil {
		return nil, err
	}
	c.endGrant(c.grant)
	return nil, nil
}

// endGrant takes a grant away. Authorization may go on seeing it for a while.
func (c *call) endGrant(g *Grant) {
	c.removeGrant(g)
	ended := *g
	ended.EndsAt = c.visibleAt(c.Service.keys[g.KeyARN], "end", grantLag)
	if !ended.EndsAt.IsZero() {
		c.ended[g.ID] = &ended
		c.wake(time.Time{})
		c.index(&ended)
	}
}
