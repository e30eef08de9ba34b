package capture

import (
	"strings"
)

// foreign recognizes what the AWS CLI prints with --output table, text and yaml, and says what to run instead.
func foreign(p piece) (problem string) {
	form, operation := tableOf(p.text)
	if form == "" {
		form, operation = yamlOf(p.text)
	}
	if form == "" {
		form, operation = columnsOf(p.text)
	}
	if form == "" {
		return ""
	}
	run := "the command"
	switch c := p.command; {
	case c != nil:
		run = "aws " + c.service + " " + c.operation
	case operation != "":
		run = "aws " + operation
	}
	return "this is what --output " + form + " prints, which leaves out names; run " + run + " again with --output json"
}

// tableOf recognizes a table by its frame. Its first row is the operation.
func tableOf(text string) (form, operation string) {
	framed := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case len(line) > 3 && strings.Trim(line, "-+|") == "":
			framed++
		case strings.HasPrefix(line, "|") && strings.HasSuffix(line, "|"):
			if name := strings.TrimSpace(strings.Trim(line, "|")); framed == 1 && operation == "" && !strings.ContainsAny(name, " |") {
				operation = printedBy[name]
			}
			framed++
		}
	}
	if framed < 3 {
		return "", ""
	}
	return "table", operation
}

// yamlOf recognizes the outermost names of an output.
func yamlOf(text string) (form, operation string) {
	for line := range strings.Lines(text) {
		name, _, ok := strings.Cut(strings.TrimPrefix(strings.TrimRight(line, " \r\n"), "- "), ":")
		if operation, known := outermost[name]; ok && known {
			return "yaml", operation
		}
	}
	return "", ""
}

// columnsOf recognizes the lines of --output text, which begin with the name of a list in capitals and a tab.
func columnsOf(text string) (form, operation string) {
	for line := range strings.Lines(text) {
		name, _, ok := strings.Cut(line, "\t")
		if !ok || name != strings.ToUpper(name) {
			continue
		}
		for member, operation := range outermost {
			if strings.ToUpper(member) == name {
				return "text", operation
			}
		}
	}
	return "", ""
}

// printedBy are the titles of tables.
var printedBy = map[string]string{
	"DescribeKey": "kms describe-key", "GetKeyPolicy": "kms get-key-policy", "ListGrants": "kms list-grants", "ListAliases": "kms list-aliases",
	"ListResourceTags": "kms list-resource-tags", "ListKeys": "kms list-keys", "GetKeyRotationStatus": "kms get-key-rotation-status",
	"GetAccountAuthorizationDetails": "iam get-account-authorization-details", "GetRole": "iam get-role", "GetRolePolicy": "iam get-role-policy",
	"LookupEvents": "cloudtrail lookup-events", "DescribeVpcEndpoints": "ec2 describe-vpc-endpoints", "DescribePolicy": "organizations describe-policy",
	"ListPoliciesForTarget": "organizations list-policies-for-target", "DescribeOrganization": "organizations describe-organization",
	"GetCallerIdentity": "sts get-caller-identity", "SimulatePrincipalPolicy": "iam simulate-principal-policy",
}

// outermost are the names that outputs begin with, where one command alone has them; others are of several.
var outermost = map[string]string{
	"KeyMetadata": "kms describe-key", "Grants": "kms list-grants", "Aliases": "kms list-aliases", "KeyRotationEnabled": "kms get-key-rotation-status",
	"UserDetailList": "iam get-account-authorization-details", "RoleDetailList": "iam get-account-authorization-details", "GroupDetailList": "iam get-account-authorization-details",
	"Role": "iam get-role", "AttachedPolicies": "iam list-attached-role-policies", "EvaluationResults": "iam simulate-principal-policy",
	"PolicyVersion": "iam get-policy-version", "VpcEndpoints": "ec2 describe-vpc-endpoints", "Organization": "organizations describe-organization",
	"Roots": "organizations list-roots", "Events": "cloudtrail lookup-events", "Tags": "kms list-resource-tags", "Policy": "", "Policies": "", "PolicyDocument": "",
}
