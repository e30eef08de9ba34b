package iam

import (
	"slices"
	"sort"
	"time"

	"kmsplayground/engine/policy"
)

// What the explorer shows of an account. The names are those of IAM's GetAccountAuthorizationDetails where it has one.

// UserDetail is a user with what is attached to it.
type UserDetail struct {
	Path                    string
	UserName                string
	UserId                  string
	Arn                     string
	CreateDate              time.Time
	UserPolicyList          []Policy
	GroupList               []string
	AttachedManagedPolicies []AttachedPolicy
	PermissionsBoundary     string // ARN, empty for none
	Tags                    []Tag
	AccessKeys              []AccessKey
}

// GroupDetail is a group with what is attached to it.
type GroupDetail struct {
	Path                    string
	GroupName               string
	GroupId                 string
	Arn                     string
	CreateDate              time.Time
	GroupPolicyList         []Policy
	AttachedManagedPolicies []AttachedPolicy
	Members                 []string // user names
}

// RoleDetail is a role with what is attached to it.
type RoleDetail struct {
	Path                     string
	RoleName                 string
	RoleId                   string
	Arn                      string
	CreateDate               time.Time
	Description              string
	MaxSessionDuration       int // seconds
	AssumeRolePolicyDocument Policy
	RolePolicyList           []Policy
	AttachedManagedPolicies  []AttachedPolicy
	PermissionsBoundary      string // ARN, empty for none
	Tags                     []Tag
}

// ManagedPolicy is a managed policy in its default version.
type ManagedPolicy struct {
	Policy
	PolicyId                      string
	Path                          string
	Description                   string
	DefaultVersionId              string
	AttachmentCount               int
	PermissionsBoundaryUsageCount int
	CreateDate                    time.Time
	UpdateDate                    time.Time
}

// Session is temporary credentials that STS issued.
type Session struct {
	Principal  *Principal
	Expiration time.Time
}

// AttachedPolicy names a managed policy.
type AttachedPolicy struct{ PolicyName, PolicyArn string }

// AccessKey is a user's access key without its secret.
type AccessKey struct {
	AccessKeyId string
	Status      string // "Active", "Inactive"
	CreateDate  time.Time
}

// Users returns the users of an account, sorted by name.
func (d *Directory) Users(account string) []UserDetail {
	users := []UserDetail{}
	for _, e := range d.list(account, userKind, "") {
		u := UserDetail{
			Path: e.path, UserName: e.name, UserId: e.id, Arn: e.arn().String(), CreateDate: e.created,
			UserPolicyList: e.inlineViews(), GroupList: names(d.groupsOf(e)), AttachedManagedPolicies: d.attachedViews(e),
			PermissionsBoundary: e.boundary, Tags: append([]Tag{}, e.tags...), AccessKeys: []AccessKey{},
		}
		for _, k := range d.keysOf(e) {
			u.AccessKeys = append(u.AccessKeys, AccessKey{k.accessKeyID, k.status(), k.created})
		}
		users = append(users, u)
	}
	return users
}

// Groups returns the groups of an account, sorted by name.
func (d *Directory) Groups(account string) []GroupDetail {
	groups := []GroupDetail{}
	for _, e := range d.list(account, groupKind, "") {
		groups = append(groups, GroupDetail{
			Path: e.path, GroupName: e.name, GroupId: e.id, Arn: e.arn().String(), CreateDate: e.created,
			GroupPolicyList: e.inlineViews(), AttachedManagedPolicies: d.attachedViews(e), Members: names(d.members(e)),
		})
	}
	return groups
}

// Roles returns the roles of an account, sorted by name.
func (d *Directory) Roles(account string) []RoleDetail {
	roles := []RoleDetail{}
	for _, e := range d.list(account, roleKind, "") {
		roles = append(roles, RoleDetail{
			Path: e.path, RoleName: e.name, RoleId: e.id, Arn: e.arn().String(), CreateDate: e.created,
			Description: e.description, MaxSessionDuration: e.maxSession, AssumeRolePolicyDocument: *trustPolicyOf(e),
			RolePolicyList: e.inlineViews(), AttachedManagedPolicies: d.attachedViews(e),
			PermissionsBoundary: e.boundary, Tags: append([]Tag{}, e.tags...),
		})
	}
	return roles
}

// Policies returns the customer managed policies of an account and the AWS managed policies that are attached in it,
// sorted by ARN.
func (d *Directory) Policies(account string) []ManagedPolicy {
	policies := []ManagedPolicy{}
	for _, p := range d.inUse(account) {
		attached, boundaries := d.users(p, account)
		policies = append(policies, ManagedPolicy{
			Policy: p.view(policy.IdentityPolicy), PolicyId: p.id, Path: p.path, Description: p.description,
			DefaultVersionId: p.isDefault, AttachmentCount: attached, PermissionsBoundaryUsageCount: boundaries,
			CreateDate: p.created, UpdateDate: p.updated,
		})
	}
	return policies
}

// Sessions returns the sessions that STS issued for the users and roles of an account, oldest first; those of deleted
// ones are gone. Whether a session has expired is for the caller to say.
func (d *Directory) Sessions(account string) []Session {
	issued := []*credential{}
	for _, c := range d.credentials {
		if c.session != nil && c.account == account {
			issued = append(issued, c)
		}
	}
	sort.Slice(issued, func(i, j int) bool { return issued[i].ordinal < issued[j].ordinal })
	sessions := []Session{}
	for _, c := range issued {
		if p := d.holder(c); p != nil {
			sessions = append(sessions, Session{p, c.session.expires})
		}
	}
	return sessions
}

func (e *entity) inlineViews() []Policy {
	views := []Policy{}
	for _, in := range e.inline {
		views = append(views, in.view(e))
	}
	return views
}

func (d *Directory) attachedViews(e *entity) []AttachedPolicy {
	views := []AttachedPolicy{}
	for _, name := range e.attached {
		views = append(views, AttachedPolicy{d.policies[name].name, name})
	}
	return views
}

func names(entities []*entity) []string {
	list := []string{}
	for _, e := range entities {
		list = append(list, e.name)
	}
	return slices.Clip(list)
}
