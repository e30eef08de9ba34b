package policy

import (
	"regexp"
	"slices"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

// value is one value that a test wants, as the checks of values see it.
type value struct {
	*Condition
	s    *Statement
	key  string // in lower case
	text string
	span source.Span
	// like: "*" and "?" are wildcards.
	like bool
}

func (v *value) isPattern() bool { return v.like && strings.ContainsAny(v.text, "*?") }

// form says what the values of a condition key look like.
type form func(*checker, *value)

// forms are the keys whose values have a form that people get wrong.
func formOf(key string) form {
	switch key {
	case "kms:calleraccount", "aws:principalaccount", "aws:sourceaccount", "aws:resourceaccount":
		return (*checker).accountForm
	case "kms:requestalias", "kms:resourcealiases":
		return (*checker).aliasForm
	case "kms:viaservice":
		return (*checker).viaServiceForm
	case "aws:principalarn":
		return (*checker).principalArnForm
	case "aws:principalorgid", "aws:resourceorgid", "aws:sourceorgid":
		return (*checker).orgForm
	case "aws:principalorgpaths", "aws:resourceorgpaths", "aws:sourceorgpaths":
		return (*checker).orgPathForm
	case "kms:replicaregion", "kms:primaryregion", "aws:requestedregion":
		return (*checker).regionForm
	case "aws:sourceip":
		return (*checker).publicAddress
	}
	if enumOf(key) != nil {
		return (*checker).enumForm
	}
	return nil
}

// values remarks on values that a request never has.
func (c *checker) values(f *facts, t *Condition, info catalog.ConditionKeyInfo) {
	op := t.Operator
	if op.Type() == condition.NumericType {
		c.numbers(t)
	}
	if op.Type() != condition.StringType && op.Type() != condition.ARNType && op.Type() != condition.IPAddressType {
		return
	}
	like := strings.Contains(op.String(), "Like") || op.Type() == condition.ARNType
	check := formOf(strings.ToLower(t.Key))
	for i, w := range t.Wanted {
		v := value{t, f.Statement, strings.ToLower(t.Key), w.Text(), t.ValueSpans[i], like}
		if len(w.Variables()) > 0 || c.wildcard(&v, info) {
			continue
		}
		if check != nil && !strings.Contains(v.text, "${") {
			check(c, &v)
		}
	}
}

// wildcard remarks on wildcards that are text like any other. Tags and encryption contexts may hold a "?".
func (c *checker) wildcard(v *value, info catalog.ConditionKeyInfo) bool {
	text := strings.NewReplacer("${*}", "", "${?}", "").Replace(v.text)
	wild := strings.Contains(text, "*") || strings.Contains(text, "?") && !info.IsFamily()
	if v.like || !wild || v.Operator.Type() != condition.StringType {
		return false
	}
	c.report(v.span, source.Warning, "wildcard-in-equals",
		"%s takes \"*\" and \"?\" as they are, so %q matches that text alone; use the operator with Like", v.Operator, v.text)
	name := v.Operator.String()
	if like := strings.Replace(name, "Equals", "Like", 1); !strings.Contains(name, "IgnoreCase") {
		c.fix("Write "+like, c.withOperator(v.s, v.Condition, like, func(*Condition) bool { return true })...)
	}
	return true
}

func (c *checker) accountForm(v *value) {
	if isAccount(v.text) || v.isPattern() && strings.Trim(v.text, "0123456789*?") == "" {
		return
	}
	c.report(v.span, source.Warning, "account-id-form",
		"%q holds an account ID of 12 digits, which %q is not, so nothing equals it", v.Key, v.text)
	digits := strings.NewReplacer("-", "", " ", "").Replace(v.text)
	if a, ok := arn.Parse(v.text); ok {
		digits = a.Account
	}
	if isAccount(digits) {
		c.fix("Write the account ID", replaceString(v.span, digits))
	}
}

func (c *checker) aliasForm(v *value) {
	_, name, isARN := strings.Cut(v.text, ":alias/")
	switch {
	case isARN && strings.HasPrefix(v.text, "arn:"):
		c.report(v.span, source.Warning, "alias-arn-in-condition",
			"%q holds alias names, so no request matches an alias ARN; write \"alias/%s\"", v.Key, name)
		c.fix("Write the alias name", replaceString(v.span, "alias/"+name))
	case strings.HasPrefix(v.text, "alias/"), v.isPattern() && strings.ContainsAny(v.text[:min(len(v.text), 6)], "*?"), v.text == "":
	default:
		c.report(v.span, source.Warning, "alias-without-prefix",
			"an alias name begins with \"alias/\", so nothing matches %q; write \"alias/%s\"", v.text, v.text)
		c.fix("Put alias/ before it", replaceString(v.span, "alias/"+v.text))
	}
}

// viaNames are names that people give services, and the names that kms:ViaService has for them.
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html, read 2026-08.
var viaNames = map[string]string{
	"ebs": "ec2", "efs": "elasticfilesystem", "aurora": "rds", "opensearch": "es", "msk": "kafka", "eventbridge": "events",
	"stepfunctions": "states", "keyspaces": "cassandra", "parameterstore": "ssm", "secrets": "secretsmanager", "autoscaling": "ec2",
}

func (c *checker) viaServiceForm(v *value) {
	const end = ".amazonaws.com"
	parts := strings.Split(strings.TrimSuffix(v.text, end), ".")
	switch {
	case !strings.HasSuffix(v.text, end) && !(v.isPattern() && strings.HasSuffix(v.text, "*")):
		c.report(v.span, source.Warning, "via-service-suffix",
			"a value of kms:ViaService ends in .amazonaws.com in every partition, as in \"s3.us-east-1.amazonaws.com\"; nothing matches %q", v.text)
		if bare := strings.TrimSuffix(v.text, ".amazonaws.com.cn"); strings.Contains(bare, ".") && !strings.Contains(bare, "amazon") {
			c.fix("Write "+bare+end, replaceString(v.span, bare+end))
		}
	case v.isPattern() && strings.ContainsAny(parts[0], "*?"), v.isPattern() && !strings.HasSuffix(v.text, end):
	case len(parts) < 2:
		c.report(v.span, source.Warning, "via-service-without-region",
			"a value of kms:ViaService names the Region of the request, as in \"%s.%s.amazonaws.com\"; nothing matches %q", parts[0], c.regionOr("us-east-1"), v.text)
		if c.region != "" {
			c.fix("Add the Region", replaceString(v.span, parts[0]+"."+c.region+end))
		} else if v.like {
			c.fix("Any Region", replaceString(v.span, parts[0]+".*"+end))
		}
	case viaNames[parts[0]] != "":
		c.report(v.span, source.Warning, "via-service-name",
			"to kms:ViaService this service is %q, so nothing matches %q", viaNames[parts[0]], v.text)
		right := viaNames[parts[0]] + strings.TrimPrefix(v.text, parts[0])
		c.fix("Write "+right, replaceString(v.span, right))
	default:
		c.regionForm(&value{v.Condition, v.s, v.key, parts[1], source.Span{}, v.like})
		c.otherRegion(v, parts)
	}
}

// otherRegion remarks on a key policy that names services of other Regions than the key's.
func (c *checker) otherRegion(v *value, parts []string) {
	region := parts[len(parts)-1]
	if c.kind != KeyPolicy || c.region == "" || region == c.region || !isRegion(region) || !isRegion(c.region) {
		return
	}
	c.report(v.span, source.Info, "via-service-region",
		"this key is in %s, and a service asks for it in that Region only, so nothing matches %q", c.region, v.text)
	parts[len(parts)-1] = c.region
	right := strings.Join(parts, ".") + ".amazonaws.com"
	c.fix("Write "+right, replaceString(v.span, right))
}

func (c *checker) principalArnForm(v *value) {
	a, _ := arn.Parse(v.text)
	rest, session := strings.CutPrefix(a.Resource, "assumed-role/")
	if a.Service != "sts" || !session {
		return
	}
	role, _, _ := strings.Cut(rest, "/")
	right := "arn:" + a.Partition + ":iam::" + a.Account + ":role/" + role
	c.report(v.span, source.Warning, "principal-arn-of-session",
		"for a role session aws:PrincipalArn is the ARN of the role, so nothing matches %q; write %q, with the role's path if it has one", v.text, right)
	c.fix("Write the ARN of the role", replaceString(v.span, right))
}

var (
	orgID   = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)
	orgPath = regexp.MustCompile(`^o-[a-z0-9*?]+/(r-[a-z0-9*?]+/(ou-[a-z0-9*?-]+/|\*|\*/)*)?\*?$`)
	region  = regexp.MustCompile(`^[a-z]{2,3}(-[a-z]+)+-[0-9]$`)
)

func isRegion(text string) bool { return region.MatchString(text) }

func (c *checker) orgForm(v *value) {
	if orgID.MatchString(v.text) || v.isPattern() && strings.HasPrefix(v.text, "o-") || v.isPattern() && strings.HasPrefix(v.text, "*") {
		return
	}
	c.report(v.span, source.Warning, "org-id-form",
		"the ID of an organization is \"o-\" with 10 to 32 small letters and digits, so nothing matches %q", v.text)
	if lower := strings.ToLower(strings.TrimSpace(v.text)); orgID.MatchString(lower) {
		c.fix("Write "+lower, replaceString(v.span, lower))
	}
}

func (c *checker) orgPathForm(v *value) {
	if orgPath.MatchString(v.text) || v.isPattern() && strings.HasPrefix(v.text, "*") {
		return
	}
	c.report(v.span, source.Warning, "org-path-form",
		"a path is the IDs of organization, root and units, each followed by a slash, as in \"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/\"; nothing matches %q", v.text)
	if orgPath.MatchString(v.text + "/") {
		c.fix("Add the slash", replaceString(v.span, v.text+"/"))
	}
}

func (c *checker) regionForm(v *value) {
	if isRegion(v.text) || v.isPattern() || !v.span.IsValid() {
		return
	}
	c.report(v.span, source.Warning, "region-form", "%q is no Region, so nothing matches it; write one as \"us-east-1\"", v.text)
	if n := len(v.text); n > 1 && isRegion(v.text[:n-1]) {
		c.fix("Write "+v.text[:n-1], replaceString(v.span, v.text[:n-1]))
	}
}

// private is the blocks of addresses that never reach AWS over the internet (RFC 1918).
func (c *checker) publicAddress(v *value) {
	private := condition.NewTest(ipAddress, "a", []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}, false)
	address, _, _ := strings.Cut(v.text, "/")
	ctx := &condition.Context{}
	ctx.SetString("a", address)
	if private.Evaluate(ctx, condition.InIdentityPolicy).Outcome != condition.Match || v.Operator.Type() != condition.IPAddressType {
		return
	}
	c.report(v.span, source.Warning, "private-source-ip",
		"%q is a private address, and aws:SourceIp is the public one of a request; requests through a VPC endpoint carry aws:VpcSourceIp instead", v.text)
	if len(v.Wanted) == 1 && !v.s.hasTest(v.Operator.String(), "aws:VpcSourceIp") {
		c.fix("Test aws:VpcSourceIp", replaceString(v.KeySpan, "aws:VpcSourceIp"))
	}
}

var ipAddress, _ = condition.ParseOperator("IpAddress")

// enumForm remarks on a value that is none of those that the parameter can have.
func (c *checker) enumForm(v *value) {
	known := enumOf(v.key)
	op := v.Operator
	test := condition.NewTest(op, v.Key, []string{v.text}, false)
	for _, name := range known {
		ctx := &condition.Context{}
		ctx.SetList(v.Key, []string{name})
		if !op.IsSet() {
			ctx.SetString(v.Key, name)
		}
		if (test.Evaluate(ctx, condition.InIdentityPolicy).Outcome == condition.Match) != op.IsNegated() {
			return
		}
	}
	if bare, ok := strings.CutPrefix(v.text, "kms:"); ok && v.key == "kms:grantoperations" {
		c.report(v.span, source.Warning, "grant-operation-prefix",
			"grant operations have no service prefix, so nothing matches %q; write %q", v.text, bare)
		if slices.Contains(known, bare) {
			c.fix("Write "+bare, replaceString(v.span, bare))
		}
		return
	}
	best := nearest(v.text, known)
	c.report(v.span, source.Warning, "unknown-value", "%q is never %q%s", v.Key, v.text, question(best))
	if best != "" {
		c.fix("Write "+best, replaceString(v.span, best))
	}
}

// enums are the parameters whose values condition keys hold.
var enums = map[string][2]string{
	"kms:keyspec": {"CreateKey", "KeySpec"}, "kms:customermasterkeyspec": {"CreateKey", "KeySpec"},
	"kms:keyusage": {"CreateKey", "KeyUsage"}, "kms:customermasterkeyusage": {"CreateKey", "KeyUsage"},
	"kms:keyorigin": {"CreateKey", "Origin"}, "kms:encryptionalgorithm": {"Encrypt", "EncryptionAlgorithm"},
	"kms:signingalgorithm": {"Sign", "SigningAlgorithm"}, "kms:messagetype": {"Sign", "MessageType"},
	"kms:macalgorithm": {"GenerateMac", "MacAlgorithm"}, "kms:datakeypairspec": {"GenerateDataKeyPair", "KeyPairSpec"},
	"kms:wrappingalgorithm":     {"GetParametersForImport", "WrappingAlgorithm"},
	"kms:wrappingkeyspec":       {"GetParametersForImport", "WrappingKeySpec"},
	"kms:expirationmodel":       {"ImportKeyMaterial", "ExpirationModel"},
	"kms:keyagreementalgorithm": {"DeriveSharedSecret", "KeyAgreementAlgorithm"},
	"kms:grantoperations":       {"CreateGrant", "Operations"},
}

// enumOf is the values that a condition key, in lower case, can hold; nil when any.
func enumOf(key string) []string {
	switch key {
	case "kms:multiregionkeytype":
		return []string{"PRIMARY", "REPLICA"}
	case "kms:grantconstrainttype":
		return []string{"EncryptionContextEquals", "EncryptionContextSubset"}
	}
	where, ok := enums[key]
	if !ok {
		return nil
	}
	op, _ := catalog.LookupKMS(where[0])
	for _, field := range op.Input {
		if field.Name != where[1] {
			continue
		}
		if field.Shape.Member != nil {
			return field.Shape.Member.Enum
		}
		return field.Shape.Enum
	}
	return nil
}
