package iam

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kmsplayground/engine/catalog"
)

// The organization itself and its accounts.

// maxMembers is the default quota of accounts, invitations included (quotas page of AWS Organizations, 2026).
const maxMembers = 10

// accountRequest is a request to create an account.
type accountRequest struct {
	id, organization, account, name, failure string
	ordinal                                  int
	created                                  time.Time
}

func (c *call) createOrganization() (Object, *Error) {
	if c.nodes[c.account] != nil {
		return nil, errorf("AlreadyInOrganizationException", "The provided account is already a member of an organization.")
	}
	a := c.accounts[c.account]
	a.Organizations++
	c.accounts[c.account] = a
	from := purpose(c.account, "organization", a.Organizations)
	o := &organization{
		id: c.orGiven("o-", "o-"+c.drawLower(from, 10)), root: c.orGiven("r-", "r-"+c.drawLower(from+"/root", 4)), management: c.account, features: "ALL",
	}
	if f := c.text("FeatureSet"); f != "" {
		o.features = f
	}
	c.organizations[o.id] = o
	c.putNode(node{kind: rootNode, id: o.root, organization: o.id, name: "Root"})
	o = c.join(o, c.account, "INVITED")
	return Object{{"Organization", c.organizationOutput(o)}}, nil
}

// join makes an account a member, below the root.
func (c *call) join(o *organization, account, method string) *organization {
	o, ordinal := c.next(o)
	c.putNode(node{
		kind: accountNode, id: account, organization: o.id, parent: o.root, ordinal: ordinal, attached: o.defaults(),
		method: method, joined: c.Now,
	})
	return o
}

func (c *call) organizationOutput(o *organization) Object {
	// AWS tells SCPs only, and always as enabled: the member is deprecated.
	types := []Object{}
	if o.features == "ALL" {
		types = append(types, controlTypeOutput(serviceControl))
	}
	return Object{
		{"Id", o.id}, {"Arn", o.arn()}, {"FeatureSet", o.features},
		{"MasterAccountArn", o.arnOf(c.nodes[o.management])}, {"MasterAccountId", o.management},
		{"MasterAccountEmail", c.email(o.management)}, {"AvailablePolicyTypes", types},
	}
}

func (c *call) describeOrganization() (Object, *Error) {
	o, err := c.membership()
	if err != nil {
		return nil, err
	}
	return Object{{"Organization", c.organizationOutput(o)}}, nil
}

func (c *call) deleteOrganization(o *organization) (Object, *Error) {
	if len(c.nodesOf(o, isAccount)) > 1 {
		return nil, errorf("OrganizationNotEmptyException", "To delete an organization you must first remove all member accounts (except the master).")
	}
	for _, n := range c.nodesOf(o, func(*node) bool { return true }) {
		delete(c.nodes, n.id)
	}
	for _, p := range c.controlsOf(o, "") {
		delete(c.controls, p.id)
	}
	for _, h := range c.handshakesOf(func(h *handshake) bool { return h.organization == o.id }) {
		delete(c.handshakes, h.id)
	}
	delete(c.organizations, o.id)
	return nothing, nil
}

func (c *call) accountOutput(o *organization) func(*node) Object {
	return func(n *node) Object {
		return Object{
			{"Id", n.id}, {"Arn", o.arnOf(n)}, {"Email", c.email(n.id)}, {"Name", c.accountName(n.id)}, {"Status", "ACTIVE"},
			{"State", "ACTIVE"}, {"Paths", []string{c.place(n)}}, {"JoinedMethod", n.method}, {"JoinedTimestamp", catalog.Epoch(n.joined)},
		}
	}
}

func (c *call) listAccounts(o *organization) (Object, *Error) {
	return organizationPage(c, "Accounts", c.nodesOf(o, isAccount), c.accountOutput(o))
}

// memberAccount finds the account that AccountId names.
func (c *call) memberAccount(o *organization) (*node, *Error) {
	if n := c.nodes[c.text("AccountId")]; n != nil && n.organization == o.id && n.kind == accountNode {
		return n, nil
	}
	return nil, errorf("AccountNotFoundException", "You specified an account that doesn't exist.")
}

func (c *call) describeAccount(o *organization) (Object, *Error) {
	n, err := c.memberAccount(o)
	if err != nil {
		return nil, err
	}
	return Object{{"Account", c.accountOutput(o)(n)}}, nil
}

// room says whether one account more fits, open invitations counted.
func (c *call) room(o *organization) bool {
	open := c.handshakesOf(func(h *handshake) bool { return h.organization == o.id && h.stateAt(c.Now) == "OPEN" })
	return len(c.nodesOf(o, isAccount))+len(open) < maxMembers
}

// createAccount makes the account at once, but answers as AWS does, which takes a while. What goes wrong is told by
// DescribeCreateAccountStatus.
func (c *call) createAccount(o *organization) (Object, *Error) {
	if !c.room(o) {
		return nil, errorf("ConstraintViolationException", "You have exceeded the allowed number of AWS Accounts.")
	}
	role := c.text("RoleName")
	if role == "" {
		role = "OrganizationAccountAccessRole"
	}
	if strings.HasPrefix(role, "AWSServiceRoleFor") {
		return nil, errorf("InvalidInputException", "You provided a role name that isn't valid. A role name can't begin with the reserved prefix AWSServiceRoleFor.")
	}
	o, ordinal := c.next(o)
	from := fmt.Sprintf("organizations/%s/account/%d", o.id, ordinal)
	r := &accountRequest{
		id: "car-" + c.drawLower(from+"/request", 32), organization: o.id, name: c.text("AccountName"), ordinal: ordinal, created: c.Now,
	}
	if c.emailTaken(c.text("Email")) {
		r.failure = "EMAIL_ALREADY_EXISTS"
	} else {
		r.account = c.drawAccount(from)
		c.accounts[r.account] = account{Name: r.name, Email: c.text("Email")}
		c.join(o, r.account, "CREATED")
		c.accessRole(r.account, role, o.management)
	}
	c.requests[r.id] = r
	return Object{{"CreateAccountStatus", Object{
		{"Id", r.id}, {"AccountName", r.name}, {"State", "IN_PROGRESS"}, {"RequestedTimestamp", catalog.Epoch(r.created)},
	}}}, nil
}

func (c *call) emailTaken(email string) bool {
	return slices.ContainsFunc(c.Accounts(), func(id string) bool { return strings.EqualFold(c.email(id), email) })
}

// drawAccount draws the id of an account that does not exist yet.
func (c *call) drawAccount(from string) string {
	for i := 0; ; i++ {
		id := ""
		for _, x := range c.draw(fmt.Sprintf("%s/%d", from, i), 12) {
			id += string(rune('0' + x%10))
		}
		if _, taken := c.accounts[id]; !taken {
			return id
		}
	}
}

// accessRole is the role through which the management account administers an account that it created.
func (c *call) accessRole(account, name, management string) {
	trust, err := c.parseTrust(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + management +
		`:root"},"Action":"sts:AssumeRole"}]}`)
	if err != nil {
		panic("iam: the trust policy of " + name + ": " + err.Error())
	}
	a := c.accounts[account]
	a.Roles++
	c.accounts[account] = a
	c.put(entity{
		kind: roleKind, account: account, path: "/", name: name, created: c.Now, trust: trust, maxSession: 3600,
		attached: []string{"arn:aws:iam::aws:policy/AdministratorAccess"},
		id:       c.drawID(purpose(account, string(roleKind), a.Roles), roleKind.idPrefix(), 21),
	})
}

func accountStatus(r *accountRequest) Object {
	o := Object{{"Id", r.id}, {"AccountName", r.name}, {"State", "SUCCEEDED"}, {"RequestedTimestamp", catalog.Epoch(r.created)}, {"CompletedTimestamp", catalog.Epoch(r.created)}}
	if r.failure != "" {
		o[2].Value = "FAILED"
	}
	return o.with("AccountId", r.account).with("FailureReason", r.failure)
}

func (c *call) describeCreateAccountStatus(o *organization) (Object, *Error) {
	r := c.requests[c.text("CreateAccountRequestId")]
	if r == nil || r.organization != o.id {
		return nil, errorf("CreateAccountStatusNotFoundException", "You specified a create account request that doesn't exist.")
	}
	return Object{{"CreateAccountStatus", accountStatus(r)}}, nil
}

func (c *call) listCreateAccountStatus(o *organization) (Object, *Error) {
	found := []*accountRequest{}
	for _, r := range c.requests {
		state := accountStatus(r)[2].Value.(string)
		if states := c.strings("States"); r.organization == o.id && (len(states) == 0 || slices.Contains(states, state)) {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b *accountRequest) int { return a.ordinal - b.ordinal })
	return organizationPage(c, "CreateAccountStatuses", found, accountStatus)
}

func (c *call) removeAccount(o *organization) (Object, *Error) {
	n, err := c.memberAccount(o)
	if err != nil {
		return nil, err
	}
	return c.leave(o, n)
}

func (c *call) leaveOrganization() (Object, *Error) {
	o, err := c.membership()
	if err != nil {
		return nil, err
	}
	return c.leave(o, c.nodes[c.account])
}

// leave ends a membership. An account that the organization created lacks what a standalone account needs (contact,
// payment), which there is no way to add here.
func (c *call) leave(o *organization, n *node) (Object, *Error) {
	switch {
	case n.id == o.management:
		return nil, errorf("MasterCannotLeaveOrganizationException", "You can't remove the management account from the organization.")
	case n.method == "CREATED":
		return nil, errorf("ConstraintViolationException", "The member account is missing one or more of the prerequisites required to operate as a standalone account. "+
			"To add what is missing, sign-in to the member account using the AWS Organizations console, then select to leave the organization. "+
			"You will then be prompted to enter any missing information.")
	}
	delete(c.nodes, n.id)
	return nothing, nil
}
