package simulate

import (
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/iam"
)

// exclusion is what a principal simulation leaves out of the principal's policies. Policies of the request stay.
type exclusion struct {
	types  map[string]bool // "inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"
	arns   []arn.Pattern
	inline []inlineExclusion
}

type inlineExclusion struct {
	name, ownerKind string
	owner           arn.Pattern
}

// exclusions reads PolicyExclusionList.
func exclusions(list gjson.Result) (exclusion, *iam.Error) {
	x := exclusion{types: map[string]bool{}}
	for _, entry := range list.Array() {
		kind, name, inline := entry.Get("PolicyType"), entry.Get("PolicyArn"), entry.Get("InlinePolicyIdentifier")
		switch {
		case given(kind) && !given(name) && !given(inline):
			x.types[kind.String()] = true
		case given(name) && !given(kind) && !given(inline):
			a, ok := arn.Parse(name.String())
			if !ok || a.Service != "iam" || !strings.HasPrefix(a.Resource, "policy/") || strings.Count(name.String(), "*") > 1 {
				return x, invalid("Invalid ARN provided in the request: " + name.String()) // the text is ours, after that for principals
			}
			x.arns = append(x.arns, pattern(name.String()))
		case given(inline) && !given(kind) && !given(name):
			policy, owner := inline.Get("PolicyName").String(), inline.Get("AttachmentName").String()
			if strings.ContainsAny(policy, "*?") || strings.Count(owner, "*") > 1 {
				return x, invalid("Invalid inline policy exclusion: policyName, attachmentType, and attachmentName are required")
			}
			x.inline = append(x.inline, inlineExclusion{policy, inline.Get("AttachmentType").String(), pattern(owner)})
		default: // the AWS CLI refuses it before AWS sees it; the text is ours
			return x, invalid("A policy identifier must specify exactly one of PolicyType, PolicyArn, or InlinePolicyIdentifier.")
		}
	}
	return x, nil
}

func pattern(text string) arn.Pattern { return arn.CompileParts(arn.Part{Text: text}) }

// attached reports whether an attached policy is left out. A managed policy is matched by an ARN without its path
// (recorded).
func (x *exclusion) attached(p *iam.Attachment) bool {
	if p.OwnerKind != "" {
		for _, in := range x.inline {
			if in.name == p.Name && in.ownerKind == p.OwnerKind && in.owner.Match(p.OwnerName) {
				return true
			}
		}
		return x.types["inline"]
	}
	a, _ := arn.Parse(p.ARN)
	if a.Account == "aws" && x.types["aws-managed"] || a.Account != "aws" && x.types["user-managed"] {
		return true
	}
	a.Resource = "policy/" + p.Name
	for _, wanted := range x.arns {
		if wanted.Match(a.String()) {
			return true
		}
	}
	return false
}
