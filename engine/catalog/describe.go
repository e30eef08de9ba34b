package catalog

import "strings"

// Description says in a sentence or two what a name of the policy language means, and where AWS tells the rest. The
// words are ours. Only completion and help read them, so that a program without those does not carry them.
type Description struct {
	Text string
	Page string // below https://docs.aws.amazon.com/, read 2026-08
}

// described is a name and what it means.
type described struct{ name, text, page string }

// find looks a name up without regard to letter case.
func find(table []described, name string) (Description, bool) {
	for _, d := range table {
		if strings.EqualFold(d.name, name) {
			return Description{d.text, d.page}, true
		}
	}
	return Description{}, false
}

// DescribeElement says what an element of a policy document means: "Effect", "NotAction".
func DescribeElement(name string) (Description, bool) { return find(elements, name) }

// DescribePrincipalType says whom a type of principal holds: "AWS", "Service".
func DescribePrincipalType(name string) (Description, bool) { return find(principalTypes, name) }

// DescribeOperator says what a condition operator compares, without its prefix and suffix.
func DescribeOperator(name string) (Description, bool) {
	d, ok := find(operators, name)
	d.Page = operatorPage
	if d.Text != "" && strings.HasPrefix(name, "Null") {
		d.Page += "#Conditions_Null"
	}
	return d, ok
}

// DescribePrefix says what the prefix of a condition operator changes: "ForAnyValue:".
func DescribePrefix(name string) (Description, bool) { return find(operatorForms, name) }

// Descriptions are all of them, for those who translate them.
func Descriptions() []Description {
	found := []Description{}
	for _, table := range [...][]described{elements, principalTypes, operatorForms, operators, keyWords, actionWords, stsWords} {
		for _, d := range table {
			found = append(found, Description{d.text, d.page})
		}
	}
	return found
}

const (
	userGuide    = "IAM/latest/UserGuide/"
	elementPage  = userGuide + "reference_policies_elements_"
	operatorPage = elementPage + "condition_operators.html"
)

var elements = []described{
	{"Version", "The version of the policy language. 2012-10-17 is the current one and the only one that knows policy variables.", elementPage + "version.html"},
	{"Id", "A name for the whole policy, for people. It decides nothing.", elementPage + "id.html"},
	{"Statement", "The rules of the policy, each an object. One that denies is stronger than any that allow.", elementPage + "statement.html"},
	{"Sid", "A name for the statement, for people. It decides nothing.", elementPage + "sid.html"},
	{"Effect", "Whether the statement allows or denies. What no statement allows is denied anyway.", elementPage + "effect.html"},
	{"Principal", "Whom the statement is about: accounts, users, roles, sessions or services.", elementPage + "principal.html"},
	{"NotPrincipal", "The statement is about everybody but these. With Deny it is easily too strong, with Allow it lets strangers in.", elementPage + "notprincipal.html"},
	{"Action", "The operations that the statement is about, as service:Name. The name may have * and ?.", elementPage + "action.html"},
	{"NotAction", "The statement is about every action but these, those of other services and of the future included.", elementPage + "notaction.html"},
	{"Resource", "The ARNs that the statement is about. In a key policy * is the key itself.", elementPage + "resource.html"},
	{"NotResource", "The statement is about every resource but these.", elementPage + "notresource.html"},
	{"Condition", "Tests on the request. The statement applies only if all of them hold; of the values of one test, one is enough.", elementPage + "condition.html"},
}

var principalTypes = []described{
	{"AWS", "An account (by its ID or the ARN of its root), a user, a role or a session of a role. The account stands for whatever its IAM policies let through.", elementPage + "principal.html#principal-accounts"},
	{"Service", "An AWS service that calls in its own name, not one that passes on the identity of its caller.", elementPage + "principal.html#principal-services"},
	{"Federated", "Who signed in with an identity provider, as the trust policy of a role names it.", elementPage + "principal.html#principal-federated"},
	{"CanonicalUser", "An account by the long ID that Amazon S3 gives it. AWS KMS has no use for it.", elementPage + "principal.html#principal-canonical-user"},
}

// operatorForms are what stands before and behind the names of operators.
var operatorForms = []described{
	{"ForAnyValue:", "For a key that is a list: true when at least one of its values passes the test. False when the request has none.", userGuide + "reference_policies_condition-single-vs-multi-valued-context-keys.html"},
	{"ForAllValues:", "For a key that is a list: true when every one of its values passes the test, and also when the request has none.", userGuide + "reference_policies_condition-single-vs-multi-valued-context-keys.html"},
	{"IfExists", "Also true when the request does not carry the key.", operatorPage + "#Conditions_IfExists"},
}

var operators = []described{
	{"StringEquals", "The text is one of the values, letter for letter.", ""},
	{"StringNotEquals", "The text is none of the values. True as well when the request lacks the key.", ""},
	{"StringEqualsIgnoreCase", "The text is one of the values; capital and small letters are the same.", ""},
	{"StringNotEqualsIgnoreCase", "The text is none of the values; capital and small letters are the same. True when the request lacks the key.", ""},
	{"StringLike", "The text matches one of the values, in which * is any text and ? any one character.", ""},
	{"StringNotLike", "The text matches none of the values, in which * is any text and ? any one character. True when the request lacks the key.", ""},
	{"NumericEquals", "The number is one of the values.", ""},
	{"NumericNotEquals", "The number is none of the values. True when the request lacks the key.", ""},
	{"NumericLessThan", "The number is smaller than the value.", ""},
	{"NumericLessThanEquals", "The number is the value or smaller.", ""},
	{"NumericGreaterThan", "The number is larger than the value.", ""},
	{"NumericGreaterThanEquals", "The number is the value or larger.", ""},
	{"DateEquals", "The time is one of the values, written as in ISO 8601 or as seconds since 1970.", ""},
	{"DateNotEquals", "The time is none of the values. True when the request lacks the key.", ""},
	{"DateLessThan", "The time is before the value.", ""},
	{"DateLessThanEquals", "The time is the value or before it.", ""},
	{"DateGreaterThan", "The time is after the value.", ""},
	{"DateGreaterThanEquals", "The time is the value or after it.", ""},
	{"Bool", "The key is true, or false, as the value says.", ""},
	{"BinaryEquals", "The bytes are those of the value, which is Base64.", ""},
	{"IpAddress", "The address is in one of the blocks, written as 203.0.113.0/24.", ""},
	{"NotIpAddress", "The address is in none of the blocks. True when the request lacks the key.", ""},
	{"ArnEquals", "The ARN matches one of the values part by part; each part may have * and ?. It does the same as ArnLike.", ""},
	{"ArnLike", "The ARN matches one of the values part by part; each part may have * and ?.", ""},
	{"ArnNotEquals", "The ARN matches none of the values. True when the request lacks the key.", ""},
	{"ArnNotLike", "The ARN matches none of the values. True when the request lacks the key.", ""},
	{"Null", "Whether the request lacks the key: \"true\" when it does, \"false\" when it carries it.", ""},
}
