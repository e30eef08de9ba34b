package iam

import (
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/policy"
)

// maxSessionPolicy bounds the session policies and tags of a session together. AWS packs them in a way that is not
// known; here their plain characters count.
const maxSessionPolicy = 2048

func aimNothing(*call) ([]Target, *Error) { return []Target{}, nil }

func (c *call) getCallerIdentity() (Object, *Error) {
	return Object{{"UserId", c.Caller.ID}, {"Account", c.Caller.Account}, {"Arn", c.Caller.ARN.String()}}, nil
}

// aimAssumeRole asks the role's trust policy, and beside it the caller's own policies.
func aimAssumeRole(c *call) ([]Target, *Error) {
	a, err := c.roleARN()
	if err != nil {
		return nil, err
	}
	if c.Caller.Kind == Root {
		return nil, errorf("AccessDenied", "Roles may not be assumed by root accounts.")
	}
	role := c.byARN(a)
	if role == nil {
		return nil, errorf("AccessDenied", "User: %s is not authorized to perform: sts:AssumeRole on resource: %s", c.Caller.ARN, a)
	}
	target := Target{
		Action: "sts:AssumeRole", Resource: a.String(), Shown: a.String(), Owner: a.Account,
		Context: c.assumeContext(role), Trust: trustPolicyOf(role), Bound: role.trust.bound,
	}
	targets := []Target{target}
	if len(c.tags()) > 0 || len(c.inherited()) > 0 {
		target.Action = "sts:TagSession"
		targets = append(targets, target)
	}
	if c.sourceIdentity() != "" {
		target.Action = "sts:SetSourceIdentity"
		targets = append(targets, target)
	}
	return targets, nil
}

// roleARN is the role that is to be assumed.
func (c *call) roleARN() (arn.ARN, *Error) {
	a, ok := arn.Parse(c.text("RoleArn"))
	if !ok || a.Service != "iam" || !isAccountID(a.Account) || !strings.HasPrefix(a.Resource, "role/") {
		return a, errorf("ValidationError", "%s is invalid", c.text("RoleArn"))
	}
	return a, nil
}

func (c *call) assumeContext(role *entity) []condition.Value {
	context := append([]condition.Value{single("sts:RoleSessionName", c.text("RoleSessionName"))}, c.requestTags()...)
	if id := c.text("ExternalId"); id != "" {
		context = append(context, single("sts:ExternalId", id))
	}
	if id := c.sourceIdentity(); id != "" {
		context = append(context, single("sts:SourceIdentity", id))
	}
	if c.mfa() {
		context = append(context, single("aws:MultiFactorAuthPresent", "true"))
	}
	if keys := c.strings("TransitiveTagKeys"); len(keys) > 0 {
		context = append(context, condition.Value{Key: "sts:TransitiveTagKeys", Multi: true, Values: keys})
	}
	return append(context, resourceTags(role.tags)...)
}

// sourceIdentity is the one of the request, or the one that role chaining keeps.
func (c *call) sourceIdentity() string {
	if c.Caller.SourceIdentity != "" {
		return c.Caller.SourceIdentity
	}
	return c.text("SourceIdentity")
}

// mfa reports whether the request carries a code. There are no MFA devices in this world: every code is right.
func (c *call) mfa() bool { return c.text("SerialNumber") != "" && c.text("TokenCode") != "" }

// current are the credentials that the caller uses, nil for long-term ones and for plain references.
func (c *call) current() *credential {
	if k := c.credentials[c.Caller.AccessKeyID]; k != nil && k.session != nil {
		return k
	}
	return nil
}

// inherited are the transitive tags that the calling session passes on.
func (c *call) inherited() []Tag {
	k := c.current()
	if k == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(k.session.tags), func(t Tag) bool {
		return !slices.Contains(k.session.transitive, strings.ToLower(t.Key))
	})
}

func (c *call) assumeRole() (Object, *Error) {
	a, err := c.roleARN()
	if err != nil {
		return nil, err
	}
	role := c.byARN(a)
	if role == nil {
		return nil, errorf("AccessDenied", "User: %s is not authorized to perform: sts:AssumeRole on resource: %s", c.Caller.ARN, a)
	}
	seconds := c.number("DurationSeconds", 3600)
	if err := c.duration(role, seconds); err != nil {
		return nil, err
	}
	s := &session{kind: AssumedRole, name: c.text("RoleSessionName"), sourceIdentity: c.sourceIdentity(), mfa: c.mfa()}
	if err := c.fillSession(s, role.account); err != nil {
		return nil, err
	}
	if err := c.passTags(s); err != nil {
		return nil, err
	}
	key := c.issue(role.account, role.id, s, seconds)
	o := Object{{"Credentials", key.output()}, {"AssumedRoleUser", Object{
		{"AssumedRoleId", role.id + ":" + s.name}, {"Arn", stsARN(role.account, "assumed-role/"+role.name+"/"+s.name).String()},
	}}}
	return c.packed(o, s).with("SourceIdentity", s.sourceIdentity), nil
}

// duration checks how long a role session may last: role chaining is limited to one hour.
func (c *call) duration(role *entity, seconds int) *Error {
	if c.Caller.Kind == AssumedRole && seconds > 3600 {
		return errorf("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")
	}
	if seconds > role.maxSession {
		return errorf("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
	}
	return nil
}

// fillSession reads the session policies and tags of a request. Policies by ARN are those of account; their default
// version is taken when the session is made (ours: AWS does not say).
func (c *call) fillSession(s *session, account string) *Error {
	if text := c.text("Policy"); text != "" {
		stored, err := parse(policy.SessionPolicy, text)
		if err != nil {
			return err
		}
		s.policies = append(s.policies, Policy{Name: "session policy", Kind: policy.SessionPolicy, Document: stored.document})
		s.hasPolicy = true
	}
	for _, descriptor := range c.Input.Get("PolicyArns").Array() {
		name := policyDescriptor(descriptor)
		p := c.policies[name]
		if p == nil || p.account != "aws" && p.account != account {
			return errorf("ValidationError", "Policy %s does not exist or is not attachable.", name) // code and text are ours
		}
		s.policies = append(s.policies, p.view(policy.SessionPolicy))
		s.hasPolicy = true
	}
	var err *Error
	s.tags, err = withTags(nil, c.tags())
	if err != nil {
		return errorf("InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive.")
	}
	if size := c.packedSize(s); size > 100 {
		return errorf("PackedPolicyTooLarge", "Packed policy consumes %d%% of allotted space, please use smaller policy.", size)
	}
	return nil
}

func policyDescriptor(d gjson.Result) string {
	if v := d.Get("arn"); v.Exists() {
		return v.String()
	}
	return d.Get("Arn").String()
}

// passTags adds the transitive tags of the calling session, which the request must not set again.
func (c *call) passTags(s *session) *Error {
	for _, key := range c.strings("TransitiveTagKeys") {
		if !slices.ContainsFunc(s.tags, func(t Tag) bool { return strings.EqualFold(t.Key, key) }) {
			return errorf("InvalidParameterValue", "The specified transitive tag key must be included in the requested tags.")
		}
		s.transitive = append(s.transitive, strings.ToLower(key))
	}
	for _, t := range c.inherited() {
		for _, own := range s.tags {
			if strings.EqualFold(own.Key, t.Key) {
				return errorf("InvalidParameterValue", "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.")
			}
		}
		s.tags = overlay(s.tags, []Tag{t})
		s.transitive = append(s.transitive, strings.ToLower(t.Key))
	}
	return nil
}

// issue makes temporary credentials.
func (c *call) issue(account, owner string, s *session, seconds int) *credential {
	c.touch(account)
	a := c.accounts[account]
	a.Sessions++
	c.accounts[account] = a
	from := purpose(account, "session", a.Sessions)
	s.expires = c.Now.Add(time.Duration(seconds) * time.Second)
	for i := range s.policies {
		if s.policies[i].ID == "" {
			s.policies[i].ID = account + "/session/" + s.name + "/" + c.drawID(from, "ASIA", 20)
		}
	}
	key := &credential{
		accessKeyID: c.drawID(from, "ASIA", 20), secret: c.drawText(from+"/secret", 40), token: tokenStart + c.drawText(from+"/token", 240),
		ordinal: a.Sessions, created: c.Now, account: account, owner: owner, session: s,
	}
	c.credentials[key.accessKeyID] = key
	return key
}

// tokenStart is how the session tokens of STS's Regional endpoints begin.
const tokenStart = "IQoJb3JpZ2luX2Vj"

func (c *credential) output() Object {
	return Object{
		{"AccessKeyId", c.accessKeyID}, {"SecretAccessKey", c.secret}, {"SessionToken", c.token}, {"Expiration", stamp(c.session.expires)},
	}
}

// packedSize is the share of the limit that the policies and tags of a session use, in percent.
func (c *call) packedSize(s *session) int {
	size := len(c.text("Policy"))
	for _, t := range s.tags {
		size += len(t.Key) + len(t.Value)
	}
	for _, d := range c.Input.Get("PolicyArns").Array() {
		size += len(policyDescriptor(d))
	}
	return (size*100 + maxSessionPolicy - 1) / maxSessionPolicy
}

// packed adds the share to an answer; AWS leaves it out when there are neither policies nor tags.
func (c *call) packed(o Object, s *session) Object {
	if size := c.packedSize(s); size > 0 {
		return append(o, Member{"PackedPolicySize", size})
	}
	return o
}

func aimFederate(c *call) ([]Target, *Error) {
	resource := stsARN(c.account, "federated-user/"+c.text("Name")).String()
	target := Target{Action: "sts:GetFederationToken", Resource: resource, Shown: resource, Owner: c.account, Context: c.requestTags()}
	targets := []Target{target}
	if len(c.tags()) > 0 {
		target.Action = "sts:TagSession"
		targets = append(targets, target)
	}
	return targets, c.longTerm()
}

// longTerm refuses callers with temporary credentials.
func (c *call) longTerm() *Error {
	if c.Caller.Kind != User && c.Caller.Kind != Root || !c.Caller.IssuedAt.IsZero() {
		return errorf("AccessDenied", "Cannot call %s with session credentials", c.Operation)
	}
	return nil
}

// getFederationToken makes a session whose rights are those of the calling user that the session policy allows too.
// Without a session policy it has no rights by identity policies at all.
func (c *call) getFederationToken() (Object, *Error) {
	if err := c.longTerm(); err != nil {
		return nil, err
	}
	s := &session{kind: FederatedUser, name: c.text("Name")}
	if err := c.fillSession(s, c.account); err != nil {
		return nil, err
	}
	s.hasPolicy = true
	key := c.issue(c.account, c.Caller.ID, s, c.userDuration())
	return c.packed(Object{{"Credentials", key.output()}, {"FederatedUser", Object{
		{"FederatedUserId", c.account + ":" + s.name}, {"Arn", stsARN(c.account, "federated-user/"+s.name).String()},
	}}}, s), nil
}

func (c *call) getSessionToken() (Object, *Error) {
	if err := c.longTerm(); err != nil {
		return nil, err
	}
	key := c.issue(c.account, c.Caller.ID, &session{kind: c.Caller.Kind, mfa: c.mfa()}, c.userDuration())
	return Object{{"Credentials", key.output()}}, nil
}

// userDuration is 12 hours unless asked otherwise; root gets an hour at most.
func (c *call) userDuration() int {
	seconds := c.number("DurationSeconds", 43200)
	if c.Caller.Kind == Root {
		seconds = min(seconds, 3600)
	}
	return seconds
}
