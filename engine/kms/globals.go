package kms

import (
	"strconv"
	"strings"
	"time"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// GlobalContext adds the aws:… condition keys that follow from the caller and from how the request came, to those of
// any service.
func GlobalContext(ctx *condition.Context, p *iam.Principal, region string, env Environment, now time.Time) {
	f := filler{ctx: ctx, values: make([]string, 0, 24)}
	f.global(p, region, env, now)
}

// filler puts single values into a context from one array, so that a decision allocates little.
type filler struct {
	ctx    *condition.Context
	values []string
}

func (f *filler) one(value string) []string {
	f.values = append(f.values, value)
	n := len(f.values)
	return f.values[n-1 : n : n]
}

func (f *filler) set(key, value string) { f.ctx.Set(condition.Value{Key: key, Values: f.one(value)}) }

func (f *filler) setBool(key string, value bool) { f.set(key, strconv.FormatBool(value)) }

func (f *filler) setInt(key string, value int) { f.set(key, strconv.Itoa(value)) }

func (f *filler) setList(key string, values []string) {
	f.ctx.Set(condition.Value{Key: key, Multi: true, Values: values})
}

func (f *filler) global(p *iam.Principal, region string, env Environment, now time.Time) {
	f.principal(p, now)
	f.network(p, env)
	f.source(p, env)
	f.set("aws:RequestedRegion", region)
	f.set("aws:CurrentTime", now.UTC().Format(time.RFC3339))
	f.set("aws:EpochTime", strconv.FormatInt(now.Unix(), 10))
	f.set("aws:SecureTransport", "true")
	if env.UserAgent != "" {
		f.set("aws:UserAgent", env.UserAgent)
	}
}

// source sets for which resource a service calls in its own name. In a direct call and in a forward access session the
// keys are absent.
func (f *filler) source(p *iam.Principal, env Environment) {
	if p.Kind != iam.Service || env.SourceArn == "" {
		return
	}
	f.set("aws:SourceArn", env.SourceArn)
	if account := env.sourceAccount(); account != "" {
		f.set("aws:SourceAccount", account)
	}
}

// sourceAccount is the account that owns the source: the ARN of a bucket does not tell it.
func (e Environment) sourceAccount() string {
	if a, ok := arn.Parse(e.SourceArn); ok && a.Account != "" {
		return a.Account
	}
	return e.SourceAccount
}

// principalTypes are the values of aws:PrincipalType; a service calling in its own name has none.
var principalTypes = [...]struct {
	kind iam.PrincipalKind
	text string
}{{iam.User, "User"}, {iam.AssumedRole, "AssumedRole"}, {iam.Root, "Account"}, {iam.FederatedUser, "FederatedUser"}}

func (f *filler) principal(p *iam.Principal, now time.Time) {
	f.setBool("aws:PrincipalIsAWSService", p.Kind == iam.Service)
	if p.Kind == iam.Service {
		f.set("aws:PrincipalServiceName", p.Name)
		f.setList("aws:PrincipalServiceNamesList", f.one(p.Name))
		return
	}
	f.set("aws:PrincipalArn", p.IssuerText())
	f.set("aws:PrincipalAccount", p.Account)
	for _, t := range principalTypes {
		if t.kind == p.Kind {
			f.set("aws:PrincipalType", t.text)
		}
	}
	f.set("aws:userid", p.ID)
	if p.Kind == iam.User {
		f.set("aws:username", p.Name)
	}
	for _, tag := range p.Tags {
		f.set("aws:PrincipalTag/"+tag.Key, tag.Value)
	}
	if p.SourceIdentity != "" {
		f.set("aws:SourceIdentity", p.SourceIdentity)
	}
	f.credentials(p, now)
}

// credentials sets what only temporary credentials carry.
func (f *filler) credentials(p *iam.Principal, now time.Time) {
	if p.IssuedAt.IsZero() {
		return
	}
	f.set("aws:TokenIssueTime", p.IssuedAt.UTC().Format(time.RFC3339))
	f.setBool("aws:MultiFactorAuthPresent", p.MFA)
	if p.MFA {
		f.set("aws:MultiFactorAuthAge", strconv.FormatInt(int64(now.Sub(p.IssuedAt)/time.Second), 10))
	}
}

// ServiceAddress is the address from which services call in forward access sessions; that it is not the user's is
// AWS's, the address is ours (of a range for documentation).
const ServiceAddress = "203.0.113.10"

// network sets from where the request came. A request through a VPC endpoint has no public source address.
func (f *filler) network(p *iam.Principal, env Environment) {
	via := env.ViaService != ""
	f.setBool("aws:ViaAWSService", via)
	if via && chainsCalls(serviceName(env.ViaService)) {
		name := serviceName(env.ViaService) + ".amazonaws.com"
		f.setList("aws:CalledVia", f.one(name))
		f.set("aws:CalledViaFirst", name)
		f.set("aws:CalledViaLast", name)
	}
	switch {
	case env.VPCEndpoint != "":
		f.set("aws:SourceVpce", env.VPCEndpoint)
		if env.VPC != "" {
			f.set("aws:SourceVpc", env.VPC)
			f.set("aws:VpcSourceIp", env.VPCSourceIP)
		}
	case via || p.Kind == iam.Service:
		f.set("aws:SourceIp", ServiceAddress)
	case env.SourceIP != "":
		f.set("aws:SourceIp", env.SourceIP)
	}
}

// serviceName is the short name of a service: "ec2" of "ec2", "ec2.amazonaws.com" and "ec2.us-east-1.amazonaws.com".
func serviceName(service string) string {
	name, _, _ := strings.Cut(service, ".")
	return name
}

// chainsCalls reports whether a service fills aws:CalledVia. IAM User Guide, global condition keys, read 2026-08.
func chainsCalls(service string) bool {
	switch service {
	case "athena", "backup", "cloud9", "cloudformation", "databrew", "dataexchange", "dynamodb", "imagebuilder", "kms",
		"mgn", "nimble", "omics", "ram", "robomaker", "servicecatalog-appregistry", "sqlworkbench", "ssm-guiconnect":
		return true
	}
	return false
}
