package simulate

import (
	"slices"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/iam"
)

// A service is how the simulator shows the resources of a known action when several are named: as a template, in the
// partition of the first. Recorded from AWS, 2026-09; other services are left without a name.
type service struct{ resources, template string }

var services = map[string]service{
	"kms":    {"kms", "kms:${Region}:${Account}:${ResourceType}/${Id}"},
	"s3":     {"s3", "s3:::${BucketName}/${KeyName}"},
	"iam":    {"iam", "iam::${Account}:${ResourceType}/${ResourceName}"},
	"sts":    {"iam", "iam::${Account}:${RelativeId}"},
	"sqs":    {"sqs", "sqs:${Region}:${Account}:${QueueName}"},
	"lambda": {"lambda", "lambda:${Region}:${Account}:${ResourceType}:${ResourceId}"},
	"ec2":    {"ec2", "ec2:${Region}:${Account}:${ResourceType}/${ResourcePath}"},
}

// recorded are actions that AWS's simulator knows and no table of ours names.
var recorded = []string{
	"ec2:DescribeInstances", "ec2:RunInstances", "lambda:InvokeFunction", "s3:DeleteObject", "s3:GetObject",
	"s3:GetObjectAcl", "s3:ListAllMyBuckets", "s3:ListBucket", "s3:PutObject", "sqs:SendMessage",
}

// known reports whether the simulator has an action in its tables, where letter case counts. AWS's know every action
// of every service; here it is those of KMS, IAM and STS, and of other services the operations of this world.
func known(action string) bool {
	if info, ok := catalog.LookupAction(action); ok {
		return info.Name == action
	}
	prefix, name, _ := strings.Cut(action, ":")
	return slices.Contains(recorded, action) || catalog.LookupService(prefix, name) != nil
}

// checkActions takes any name with a colon. Actions in the tables and others may not stand together when resources
// are named.
func (s *simulation) checkActions(*Request) *iam.Error {
	var in, out []string
	for _, action := range s.actions {
		if !strings.Contains(action, ":") {
			return invalid("The action is invalid since it is missing names")
		}
		if known(action) {
			in = append(in, action)
		} else {
			out = append(out, action)
		}
	}
	if s.specific && len(in) > 0 && len(out) > 0 {
		return invalid("Invalid Input Actions: [" + strings.Join(in, ",") + "] and [" + strings.Join(out, ",") +
			"] require different authorization information. ") // the space is AWS's
	}
	return nil
}

// handlings are the scenarios of ec2:RunInstances, the only action here that has any. AWS asks for them, and takes
// simulations that name fewer resources than the scenario has.
var handlings = []string{
	"EC2-Classic-InstanceStore", "EC2-Classic-EBS", "EC2-VPC-InstanceStore", "EC2-VPC-InstanceStore-Subnet", "EC2-VPC-EBS", "EC2-VPC-EBS-Subnet",
}

func (s *simulation) checkHandling(r *Request) *iam.Error {
	option := r.member("ResourceHandlingOption")
	if !given(option) || !s.specific {
		return nil
	}
	for _, action := range s.actions {
		if action != "ec2:RunInstances" || !slices.Contains(handlings, option.String()) {
			return invalid("Invalid input resource handling options. Action does not support resource handling options: " + action +
				". Please refer to the documentation for more details: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html")
		}
	}
	return nil
}

// fits reports whether a known action works on that type of resource: if not, nothing allows it there.
func fits(action, resource string) bool {
	a, ok := arn.Parse(resource)
	if !ok || !known(action) {
		return true
	}
	prefix, name, _ := strings.Cut(action, ":")
	if info, _ := catalog.LookupAction(action); prefix == "kms" {
		key, alias := strings.HasPrefix(a.Resource, "key/"), strings.HasPrefix(a.Resource, "alias/")
		return a.Service == "kms" && (key && info.Resources&catalog.OnKey != 0 || alias && info.Resources&catalog.OnAlias != 0 || a.Resource == "*")
	}
	if prefix == "s3" && name == "ListAllMyBuckets" {
		return false
	}
	if sv, ok := services[prefix]; ok {
		return a.Service == sv.resources
	}
	return a.Service == prefix
}

// shown is how a result names the resource of an action as a whole, "" when it does not.
func (s *simulation) shown(action string) string {
	if len(s.resources) == 1 {
		return s.resources[0]
	}
	prefix, _, _ := strings.Cut(action, ":")
	sv, ok := services[prefix]
	if !ok || !known(action) {
		return ""
	}
	first, _ := arn.Parse(s.resources[0])
	return "arn:" + first.Partition + ":" + sv.template
}
