package scenario

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/awscli"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

// EditResult is what came of a new text for a policy.
type EditResult struct {
	Applied bool // AWS accepted the text, it is in force
	Answer  engine.Answer
	Step    StepResult
	// Diagnostics are of the text, sorted by place.
	Diagnostics []source.Diagnostic
}

// Edit gives a policy a new text, by the AWS CLI command that does that, and appends it. The policy is named by
// iam.Policy.ID; of a key policy that is the key's ARN. A key policy is put by the principal as, every other policy by
// the root user of its account. The text goes into the document exactly as it is, refused or not.
//
// An edit that follows edits of the same policy takes their place: the world goes back to before the first of them, so
// that typing neither piles up nor locks anybody out. One that AWS refuses leaves the last that it accepted in force,
// and comes after it.
func (s *Session) Edit(policyID, as, text string) EditResult {
	accepted := s.takeBack(policyID)
	a, e, ok := s.additionOf(policyID, as, text)
	if !ok {
		return EditResult{Answer: engine.Answer{Error: &engine.Error{
			Code: "NoSuchEntity", Message: "there is no policy " + policyID + " that can be edited", Status: 404,
		}}, Diagnostics: []source.Diagnostic{}}
	}
	if !s.refine(&a, e) && accepted != nil {
		s.state, s.marks = accepted.state, accepted.marks
		s.reparse()
		a, e, _ = s.additionOf(policyID, as, text)
		s.refine(&a, e)
	}
	result := EditResult{Step: s.append(a)}
	result.Answer = s.lastAnswer(result.Step)
	result.Applied = result.Step.ExitCode == 0
	_, result.Diagnostics = policy.ParseWith(e.kind, text, CheckOptions(policyID))
	if result.Diagnostics == nil {
		result.Diagnostics = []source.Diagnostic{}
	}
	return result
}

// point is where a session can go back to.
type point struct {
	state
	marks []mark
}

// takeBack goes back to before the edits of a policy with which the session ends, and returns where the last of them that
// AWS accepted had led; nil for none.
func (s *Session) takeBack(policyID string) *point {
	var accepted *point
	for n := len(s.marks); n > 0 && s.marks[n-1].edit == policyID; n = len(s.marks) {
		if accepted == nil && s.steps[len(s.steps)-1].ExitCode == 0 {
			accepted = &point{s.state, slices.Clone(s.marks)}
		}
		s.rewind()
		s.reparse()
	}
	return accepted
}

// additionOf is the step that gives a policy a text.
func (s *Session) additionOf(policyID, as, text string) (addition, edit, bool) {
	e, ok := s.editOf(policyID)
	if e.as != "" {
		as = e.as
	}
	a := addition{step: Attributes{As: as}, edit: policyID}
	if ok {
		a.script = s.credentials(engine.Credentials{}) + e.command + " " + e.option + " file://" + s.addFile(&a, e.file, text)
	}
	return a, e, ok
}

// CheckOptions is what the name of a policy (iam.Policy.ID) says about whose it is.
func CheckOptions(policyID string) policy.Options {
	if a, ok := arn.Parse(policyID); ok {
		return policy.Options{Account: strings.TrimPrefix(a.Account, "aws"), Region: a.Region} // AWS's own belong to nobody here
	}
	account, _, _ := strings.Cut(policyID, "/")
	return policy.Options{Account: account}
}

func (s *Session) lastAnswer(step StepResult) engine.Answer {
	if n := len(step.Calls); n > 0 {
		return s.records[step.Calls[n-1]].Answer
	}
	return s.answer(step)
}

// edit is the command that replaces a policy.
type edit struct {
	kind    policy.Kind
	as      string // "" for whoever asks
	file    string
	command string
	option  string // that takes the text
	arn     string // of a managed policy
}

// editOf finds the command for a policy.
func (s *Session) editOf(id string) (edit, bool) {
	if key, ok := s.world.KMS().Key(id); ok {
		return s.editKeyPolicy(key.ARN, key.Region, key.Aliases), true
	}
	if a, ok := arn.Parse(id); ok && a.Service == "organizations" {
		return s.editControlPolicy(a)
	} else if ok {
		name := a.Resource[strings.LastIndexByte(a.Resource, '/')+1:]
		return edit{
			kind: policy.IdentityPolicy, as: a.Account + ":root", file: fileName(name), option: "--policy-document", arn: id,
			command: "aws iam create-policy-version --set-as-default --policy-arn " + awscli.Quote(id),
		}, a.Service == "iam" && a.Account != "aws"
	}
	part := strings.SplitN(id, "/", 5)
	if len(part) == 3 && part[1] == "vpc-endpoint" {
		return s.editEndpointPolicy(part[0], part[2])
	}
	if len(part) == 4 && part[1] == "role" && part[3] == "trust" {
		return edit{
			kind: policy.TrustPolicy, as: part[0] + ":root", file: fileName(part[2] + "-trust"), option: "--policy-document",
			command: "aws iam update-assume-role-policy --role-name " + awscli.Quote(part[2]),
		}, true
	}
	if len(part) != 5 || part[3] != "inline" || part[1] != "user" && part[1] != "role" && part[1] != "group" {
		return edit{}, false
	}
	return edit{
		kind: policy.IdentityPolicy, as: part[0] + ":root", file: fileName(part[2] + "-" + part[4]), option: "--policy-document",
		command: "aws iam put-" + part[1] + "-policy --" + part[1] + "-name " + awscli.Quote(part[2]) + " --policy-name " + awscli.Quote(part[4]),
	}, true
}

// editControlPolicy finds the command for a service or resource control policy, which its management account changes.
func (s *Session) editControlPolicy(a arn.ARN) (edit, bool) {
	for _, p := range s.world.IAM().OrganizationPolicies(a.Account) {
		if p.ARN == a.String() && !p.AwsManaged {
			return edit{
				kind: p.Kind, as: a.Account + ":root", file: fileName(p.Name), option: "--content",
				command: "aws organizations update-policy --policy-id " + p.PolicyId,
			}, true
		}
	}
	return edit{}, false
}

// editEndpointPolicy finds the command for the policy of a VPC endpoint.
func (s *Session) editEndpointPolicy(account, id string) (edit, bool) {
	for _, found := range s.world.Endpoints() {
		if found.Account != account || found.ID != id {
			continue
		}
		e := edit{kind: policy.VPCEndpointPolicy, as: account + ":root", file: fileName(id), option: "--policy-document"}
		e.command = "aws ec2 modify-vpc-endpoint --vpc-endpoint-id " + id
		if region := s.region(found.Region); region != "" {
			e.command += " --region " + awscli.Quote(region)
		}
		return e, true
	}
	return edit{}, false
}

func (s *Session) editKeyPolicy(keyARN, region string, aliases []string) edit {
	name := "key-policy"
	if len(aliases) > 0 {
		name += "-" + strings.TrimPrefix(aliases[0], "alias/")
	}
	e := edit{kind: policy.KeyPolicy, file: fileName(name), option: "--policy"}
	e.command = "aws kms put-key-policy --key-id " + awscli.Quote(keyARN) + " --policy-name default"
	if region = s.region(region); region != "" {
		e.command += " --region " + awscli.Quote(region)
	}
	return e
}

// fileName keeps of a name what needs no quoting.
func fileName(name string) string {
	keep := func(r rune) rune {
		if r < 0x80 && (isNameByte(byte(r)) || r == '.') {
			return r
		}
		return '-'
	}
	return strings.Trim(strings.Map(keep, name), "-.") + ".json"
}

// lockOut is how AWS refuses a key policy that would not let its author change it again.
const lockOut = "The new key policy will not allow you to update the key policy in the future."

// refine tries the edit on a copy and adds what it needs besides: the flag that bypasses the lock-out check when only
// that check refused, room for one more version of a managed policy. It reports whether AWS accepts the edit then.
func (s *Session) refine(a *addition, e edit) bool {
	failed := s.try(a)
	switch {
	case failed == nil:
		return true
	case e.kind == policy.KeyPolicy && strings.Contains(failed.Message, lockOut):
		script := a.script
		a.script += " --bypass-policy-lockout-safety-check"
		if s.try(a) == nil {
			return true
		}
		a.script = script
	case e.arn != "" && failed.Code == "LimitExceeded":
		if version := s.oldestVersion(e); version != "" {
			a.script = s.credentials(engine.Credentials{}) + "aws iam delete-policy-version --policy-arn " + awscli.Quote(e.arn) + " --version-id " + version + "\n" + a.script
			return s.try(a) == nil
		}
	}
	return false
}

// try runs an addition on a copy and returns the error it ends with.
func (s *Session) try(a *addition) *engine.Error {
	trial := s.state.clone()
	for _, f := range a.files {
		trial.shell.SetFile(f.name, f.content)
	}
	got := trial.run(&Block{Text: plainScript(a.script), Attributes: a.step.plain(s.rootRef())})
	if n := len(got.Calls); n > 0 {
		return got.Calls[n-1].Answer.Error
	}
	return nil
}

// oldestVersion is the oldest version of a managed policy that is not the default one.
func (s *Session) oldestVersion(e edit) string {
	answer := s.world.Clone().Call(engine.Call{
		As: e.as, Service: "iam", Operation: "ListPolicyVersions", Input: []byte(`{"PolicyArn":` + strconv.Quote(e.arn) + `}`),
	})
	oldest := ""
	gjson.GetBytes(answer.Output, "Versions").ForEach(func(_, v gjson.Result) bool {
		if !v.Get("IsDefaultVersion").Bool() {
			oldest = v.Get("VersionId").String() // newest first
		}
		return true
	})
	return oldest
}
