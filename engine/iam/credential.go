package iam

import (
	"slices"
	"sort"
	"strings"
	"time"

	"kmsplayground/engine/arn"
)

// credential is an access key: a user's own, or temporary ones of a session. It is replaced, never changed.
type credential struct {
	accessKeyID string
	secret      string
	token       string // empty for a user's own access key
	ordinal     int
	created     time.Time
	inactive    bool

	// Whose: the unique id of a user or role, or the account id for root.
	account string
	owner   string

	session *session // nil for a user's own access key
}

// session is what temporary credentials stand for.
type session struct {
	kind           PrincipalKind // AssumedRole, FederatedUser; User or Root for GetSessionToken
	name           string        // session name, name of the federated user
	expires        time.Time
	policies       []Policy
	hasPolicy      bool
	tags           []Tag
	transitive     []string // lower-case keys of the tags that role chaining passes on
	sourceIdentity string
	mfa            bool
}

// Authenticate finds who an access key belongs to. Codes are those of KMS's JSON protocol; signatures are checked
// elsewhere.
func (d *Directory) Authenticate(accessKeyID, secret, token string, now time.Time) (*Principal, *Error) {
	c := d.credentials[accessKeyID]
	if c == nil || c.inactive || token != c.token {
		return nil, errorf("UnrecognizedClientException", "The security token included in the request is invalid.")
	}
	if secret != c.secret {
		return nil, errorf("InvalidSignatureException", "The request signature we calculated does not match the signature you provided. "+
			"Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")
	}
	if c.session != nil && !now.Before(c.session.expires) {
		return nil, errorf("ExpiredTokenException", "The security token included in the request is expired")
	}
	if p := d.remembered[accessKeyID]; p != nil {
		return p, nil
	}
	p := d.holder(c)
	if p == nil {
		return nil, errorf("UnrecognizedClientException", "The security token included in the request is invalid.")
	}
	d.remember(p)
	return p, nil
}

// holder is the principal that a credential stands for, nil when it is gone.
func (d *Directory) holder(c *credential) *Principal {
	p := d.base(c)
	if p == nil {
		return nil
	}
	p.AccessKeyID = c.accessKeyID
	if c.session != nil {
		d.apply(p, c)
	}
	return p
}

// base is the user, the role or the root user behind a credential.
func (d *Directory) base(c *credential) *Principal {
	if c.owner == c.account {
		return d.root(c.account)
	}
	e := d.byID(c.owner)
	switch {
	case e == nil:
		return nil
	case e.kind == roleKind:
		return d.roleSession(e, c.session.name)
	}
	return d.user(e)
}

// apply puts what a session adds over its base.
func (d *Directory) apply(p *Principal, c *credential) {
	s := c.session
	p.IssuedAt = c.created
	p.Session = s.policies
	p.HasSessionPolicy = s.hasPolicy
	p.SourceIdentity = s.sourceIdentity
	p.MFA = s.mfa
	p.Tags = overlay(p.Tags, s.tags)
	if s.kind == FederatedUser {
		p.FederatingUser = p.ARN
		p.Kind = FederatedUser
		p.ARN = stsARN(c.account, "federated-user/"+s.name)
		p.Issuer = p.ARN
		p.ID = c.account + ":" + s.name
		p.Name = s.name
		p.SessionName = s.name
	}
}

// overlay returns tags with session tags over them, sorted by key.
func overlay(tags, session []Tag) []Tag {
	out := slices.Clone(tags)
	for _, t := range session {
		out = slices.DeleteFunc(out, func(old Tag) bool { return strings.EqualFold(old.Key, t.Key) })
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Tag) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// keysOf returns the access keys of a user, oldest first.
func (d *Directory) keysOf(user *entity) []*credential {
	keys := []*credential{}
	for _, c := range d.credentials {
		if c.owner == user.id && c.session == nil {
			keys = append(keys, c)
		}
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i].ordinal < keys[j].ordinal })
	return keys
}

// latest finds the newest credentials of a session by its ARN, nil when it was never issued.
func (d *Directory) latest(a arn.ARN) *credential {
	var found *credential
	for _, c := range d.credentials {
		if c.session != nil && c.account == a.Account && (found == nil || c.ordinal > found.ordinal) && d.sessionARN(c) == a {
			found = c
		}
	}
	return found
}

// sessionARN is the ARN of a session, invalid when its user or role is gone.
func (d *Directory) sessionARN(c *credential) arn.ARN {
	e := d.byID(c.owner)
	switch {
	case e == nil && c.owner != c.account:
		return arn.ARN{}
	case c.session.kind == AssumedRole:
		return stsARN(c.account, "assumed-role/"+e.name+"/"+c.session.name)
	case c.session.kind == FederatedUser:
		return stsARN(c.account, "federated-user/"+c.session.name)
	case e == nil:
		return iamARN(c.account, "root")
	}
	return e.arn()
}
