package iam

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kmsplayground/engine/catalog"
)

// handshakeLife is how long an invitation is open (quotas page of AWS Organizations, 2026).
const handshakeLife = 15 * 24 * time.Hour

// handshake is an invitation of an account into an organization. It is replaced, never changed.
type handshake struct {
	id, arn      string
	organization string
	account      string // who is invited; empty when nobody has the e-mail address
	party        Object // the target as it was named
	state        string // "OPEN", "ACCEPTED", "DECLINED", "CANCELED"
	ordinal      int
	requested    time.Time
	resources    []Object
}

// stateAt is the state at a time: what is open for too long has expired.
func (h *handshake) stateAt(now time.Time) string {
	if h.state == "OPEN" && !now.Before(h.requested.Add(handshakeLife)) {
		return "EXPIRED"
	}
	return h.state
}

func (c *call) handshakeOutput(h *handshake) Object {
	return Object{
		{"Id", h.id}, {"Arn", h.arn},
		{"Parties", []Object{{{"Id", h.organization}, {"Type", "ORGANIZATION"}}, h.party}},
		{"State", h.stateAt(c.Now)}, {"RequestedTimestamp", catalog.Epoch(h.requested)},
		{"ExpirationTimestamp", catalog.Epoch(h.requested.Add(handshakeLife))}, {"Action", "INVITE"}, {"Resources", h.resources},
	}
}

func (d *Directory) handshakesOf(want func(*handshake) bool) []*handshake {
	found := []*handshake{}
	for _, h := range d.handshakes {
		if want(h) {
			found = append(found, h)
		}
	}
	slices.SortFunc(found, func(a, b *handshake) int {
		if n := a.requested.Compare(b.requested); n != 0 {
			return n
		}
		if n := strings.Compare(a.organization, b.organization); n != 0 {
			return n
		}
		return a.ordinal - b.ordinal
	})
	return found
}

func (c *call) inviteAccount(o *organization) (Object, *Error) {
	id, kind := c.text("Target.Id"), c.text("Target.Type")
	invited := ""
	switch {
	case kind == "ACCOUNT" && isAccountID(id):
		invited = id
	case kind == "EMAIL" && strings.Contains(id, "@"):
		invited = c.accountByEmail(id)
	case kind == "EMAIL":
		return nil, errorf("InvalidInputException", "You specified an invalid email address for the invited account owner.")
	case kind == "ORGANIZATION":
		return nil, errorf("InvalidInputException", "You specified the wrong type of entity (account, organization, or email) as a party.")
	default:
		return nil, invalidInput("pattern")
	}
	if c.nodes[invited] != nil {
		return nil, errorf("HandshakeConstraintViolationException", "The invited account is already a member of an organization.") // text is ours
	}
	same := func(h *handshake) bool {
		return h.organization == o.id && h.stateAt(c.Now) == "OPEN" && invited != "" && h.account == invited
	}
	if len(c.handshakesOf(same)) > 0 {
		return nil, errorf("DuplicateHandshakeException", "A handshake with the same action and target already exists.")
	}
	if !c.room(o) {
		return nil, errorf("ConstraintViolationException", "You have exceeded the allowed number of AWS Accounts.")
	}
	c.touch(invited)
	o, ordinal := c.next(o)
	h := &handshake{
		id: "h-" + c.drawLower(fmt.Sprintf("organizations/%s/handshake/%d", o.id, ordinal), 32), organization: o.id, account: invited,
		party: Object{{"Id", id}, {"Type", kind}}, state: "OPEN", ordinal: ordinal, requested: c.Now,
	}
	h.arn = organizationARN(o, "handshake/"+o.id+"/invite/"+h.id)
	h.resources = c.handshakeResources(o, id, kind)
	c.handshakes[h.id] = h
	return Object{{"Handshake", c.handshakeOutput(h)}}, nil
}

func (c *call) accountByEmail(email string) string {
	for _, id := range c.Accounts() {
		if strings.EqualFold(c.email(id), email) {
			return id
		}
	}
	return ""
}

// handshakeResources is what an invitation tells the invited account.
func (c *call) handshakeResources(o *organization, id, kind string) []Object {
	resources := []Object{
		{{"Value", o.id}, {"Type", "ORGANIZATION"}, {"Resources", []Object{
			{{"Value", c.email(o.management)}, {"Type", "MASTER_EMAIL"}},
			{{"Value", c.accountName(o.management)}, {"Type", "MASTER_NAME"}},
			{{"Value", o.features}, {"Type", "ORGANIZATION_FEATURE_SET"}},
		}}},
		{{"Value", id}, {"Type", kind}},
	}
	if notes := c.text("Notes"); notes != "" {
		resources = append(resources, Object{{"Value", notes}, {"Type", "NOTES"}})
	}
	return resources
}

// invitation finds the handshake of a request, for one of its parties.
func (c *call) invitation(mayCall func(*handshake) bool) (*handshake, *Error) {
	h := c.handshakes[c.text("HandshakeId")]
	switch {
	case h == nil:
		return nil, errorf("HandshakeNotFoundException", "You specified a handshake that doesn't exist.")
	case !mayCall(h):
		return nil, notPermitted()
	}
	return h, nil
}

func (c *call) isInvited(h *handshake) bool { return h.account == c.account }

func (c *call) hasInvited(h *handshake) bool {
	o := c.organizations[h.organization]
	return o != nil && o.management == c.account
}

// conclude moves a handshake out of its open state.
func (c *call) concludeHandshake(h *handshake, state string) (*handshake, *Error) {
	switch h.stateAt(c.Now) {
	case "OPEN":
	case state:
		return nil, errorf("HandshakeAlreadyInStateException", "The specified handshake is already in the requested state.")
	default:
		return nil, errorf("InvalidHandshakeTransitionException", "You can't perform the operation on the handshake in its current state.")
	}
	changed := *h
	changed.state = state
	c.handshakes[h.id] = &changed
	return &changed, nil
}

func (c *call) acceptHandshake() (Object, *Error) {
	h, err := c.invitation(c.isInvited)
	if err != nil {
		return nil, err
	}
	if c.nodes[c.account] != nil && h.stateAt(c.Now) == "OPEN" {
		return nil, errorf("HandshakeConstraintViolationException", "The invited account is already a member of an organization.") // text is ours
	}
	if h, err = c.concludeHandshake(h, "ACCEPTED"); err != nil {
		return nil, err
	}
	c.join(c.organizations[h.organization], c.account, "INVITED")
	return Object{{"Handshake", c.handshakeOutput(h)}}, nil
}

// endHandshake is for the operations by which a party ends an invitation.
//
//go:noinline
func endHandshake(state string, mayCall func(*call, *handshake) bool) func(*call) (Object, *Error) {
	return func(c *call) (Object, *Error) {
		h, err := c.invitation(func(h *handshake) bool { return mayCall(c, h) })
		if err != nil {
			return nil, err
		}
		if h, err = c.concludeHandshake(h, state); err != nil {
			return nil, err
		}
		return Object{{"Handshake", c.handshakeOutput(h)}}, nil
	}
}

func (c *call) describeHandshake() (Object, *Error) {
	h, err := c.invitation(func(h *handshake) bool { return c.isInvited(h) || c.hasInvited(h) })
	if err != nil {
		return nil, err
	}
	return Object{{"Handshake", c.handshakeOutput(h)}}, nil
}

// filtered applies the filter by action: there are invitations only.
func (c *call) filtered() bool {
	f := c.text("Filter.ActionType")
	return (f == "" || f == "INVITE") && c.text("Filter.ParentHandshakeId") == ""
}

func (c *call) listHandshakesForAccount() (Object, *Error) {
	found := c.handshakesOf(func(h *handshake) bool { return c.filtered() && c.isInvited(h) })
	return organizationPage(c, "Handshakes", found, c.handshakeOutput)
}

func (c *call) listHandshakesForOrganization(o *organization) (Object, *Error) {
	found := c.handshakesOf(func(h *handshake) bool { return c.filtered() && h.organization == o.id })
	return organizationPage(c, "Handshakes", found, c.handshakeOutput)
}
