package capture

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/scenario"
)

// TestRoundTrip holds that a world which is captured from what the AWS CLI prints about it decides as the world did: the
// worlds are those at the end of the stories and of the denied requests of package advise, the requests random ones of everybody who is in both.
func TestRoundTrip(t *testing.T) {
	names, err := filepath.Glob("../*/testdata/*.md")
	stories, wrong := filepath.Glob("../scenario/stories/*/*.md")
	if err != nil || wrong != nil || len(names) == 0 || len(stories) == 0 {
		t.Fatal(err, wrong)
	}
	r := rand.New(rand.NewPCG(7, 8))
	asked, denied, worlds := 0, 0, 0
	for _, name := range append(stories, names...) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s := scenario.OpenWith(string(text), options)
		before := s.World().Clone()
		printed, whole := printedAll(s)
		c := Read([]Input{{"terminal", printed}}, options, nil)
		if c.Document == "" {
			continue
		}
		for _, p := range c.Problems {
			t.Errorf("%s: %d:%d: %s", name, p.Line, p.Column, p.Message)
		}
		after := scenario.OpenWith(c.Document, options).World()
		worlds++
		for range 60 {
			call, ok := randomCall(r, before, after, whole)
			if !ok {
				break
			}
			want, got := refusal(before, call), refusal(after, call)
			asked++
			if want != "" {
				denied++
			}
			if want != got {
				t.Errorf("%s: %s %s %s\nwas:      %s\ncaptured: %s", name, call.As, call.Operation, call.Input, want, got)
			}
		}
		if t.Failed() {
			t.Fatalf("%s\n%s", printed, c.Document)
		}
	}
	if worlds < 35 || asked < 2000 || denied < asked/4 || denied > asked*9/10 {
		t.Errorf("%d worlds, %d requests, %d denied", worlds, asked, denied)
	}
}

// refusal is how a world refuses a call, which leaves it as it was; empty when it does not.
func refusal(w *engine.World, c engine.Call) string {
	answer := w.Clone().Call(c)
	if answer.Error == nil || answer.Error.Code != "AccessDeniedException" {
		return ""
	}
	return answer.Error.Message
}

// randomCall is a request for a key that was printed whole, by somebody whom both have.
func randomCall(r *rand.Rand, before, after *engine.World, whole map[string]bool) (engine.Call, bool) {
	keys, callers := []string{}, []string{}
	for _, k := range after.KMS().Keys() {
		if b, ok := before.KMS().Key(k.ARN); ok && b.State == k.State && whole[k.ARN] {
			keys = append(keys, k.ARN)
		}
	}
	for _, account := range after.IAM().Accounts() {
		for _, name := range append(members(before, account), "arn:aws:iam::"+account+":root") {
			if _, err := after.IAM().Principal(name, account); err == nil {
				callers = append(callers, name)
			}
		}
	}
	if len(keys) == 0 || len(callers) == 0 {
		return engine.Call{}, false
	}
	slices.Sort(callers)
	key := keys[r.IntN(len(keys))]
	a, _ := arn.Parse(key)
	o := object{"KeyId", key}
	operation := [...]string{"Encrypt", "DescribeKey", "GetKeyPolicy", "GenerateDataKey", "ListGrants", "CreateGrant", "DisableKey", "TagResource", "Sign", "PutKeyPolicy"}[r.IntN(10)]
	if r.IntN(2) == 0 && (operation == "Encrypt" || operation == "GenerateDataKey") {
		o = append(o, "EncryptionContext", json.RawMessage([...]string{`{"Department":"IT"}`, `{"Department":"HR","a":"b"}`, `{"aws:ebs:id":"vol-1"}`}[r.IntN(3)]))
	}
	b := builder{model: &model{request: &request{key: key}}}
	b.request.input = gjson.ParseBytes(o.json())
	for name, value := range samples {
		switch {
		case name == "Plaintext" && operation == "Encrypt", name == "KeySpec" && operation == "GenerateDataKey", (name == "Message" || name == "SigningAlgorithm") && operation == "Sign", name == "Operations" && operation == "CreateGrant":
			o = append(o, name, value)
		}
	}
	switch operation {
	case "CreateGrant":
		o = append(o, "GranteePrincipal", "arn:aws:iam::"+a.Account+":root")
	case "TagResource":
		o = append(o, "Tags", json.RawMessage(`[{"TagKey":"Project","TagValue":"Alpha"}]`))
	case "PutKeyPolicy":
		o = append(o, "Policy", trustAccount(a.Account))
	}
	via := [...]string{"", "", "ec2", "s3"}[r.IntN(4)]
	return engine.Call{Service: "kms", Operation: operation, As: callers[r.IntN(len(callers))], Region: a.Region, Input: o.json(), Environment: engine.Environment{ViaService: via}}, true
}

// members are the ARNs of the users and roles of an account.
func members(w *engine.World, account string) (all []string) {
	for _, of := range [...]struct{ operation, path string }{{"ListUsers", "Users.#.Arn"}, {"ListRoles", "Roles.#.Arn"}} {
		answer := w.Clone().Call(engine.Call{Service: "iam", Operation: of.operation, As: account + ":root"})
		all = append(all, words(gjson.GetBytes(answer.Output, of.path))...)
	}
	return all
}

// printedAll is a terminal in which everything was asked that somebody may ask, and the keys of which that is everything.
func printedAll(s *scenario.Session) (printed string, whole map[string]bool) {
	var b strings.Builder
	whole = map[string]bool{}
	run := func(as, command string) string {
		step := s.Run(as, command, engine.Environment{})
		b.WriteString("$ " + command + "\n" + step.Stdout + step.Stderr)
		return step.Stdout
	}
	for _, account := range s.World().IAM().Accounts() {
		run(account+":root", "aws iam get-account-authorization-details")
		if _, ok := s.World().IAM().OrganizationOf(account); ok {
			printedOrganization(s.World().IAM(), account, run)
		}
	}
	for _, k := range s.World().KMS().Keys() {
		if k.Manager == "AWS" {
			continue
		}
		whole[k.ARN] = true
		for _, q := range [...]struct{ operation, command string }{
			{"DescribeKey", "describe-key"}, {"GetKeyPolicy", "get-key-policy --policy-name default"}, {"ListGrants", "list-grants"},
			{"ListAliases", "list-aliases"}, {"ListResourceTags", "list-resource-tags"},
		} {
			as, ok := whoMay(s.World(), k.Account, engine.Call{Service: "kms", Operation: q.operation, Region: k.Region, Input: object{"KeyId", k.ARN}.json()})
			if whole[k.ARN] = whole[k.ARN] && ok; ok {
				run(as, fmt.Sprintf("aws kms %s --key-id %s --region %s", q.command, k.ARN, k.Region))
			}
		}
	}
	return b.String(), whole
}

// whoMay finds somebody of an account who may make a call.
func whoMay(w *engine.World, account string, c engine.Call) (as string, ok bool) {
	for _, c.As = range append(members(w, account), account+":root") {
		if answer := w.Clone().Call(c); answer.Error == nil {
			return c.As, true
		}
	}
	return "", false
}

// printedOrganization asks, as the management account, about what concerns an account.
func printedOrganization(d *iam.Directory, account string, run func(as, command string) string) {
	o, _ := d.OrganizationOf(account)
	as := o.ManagementAccount + ":root"
	run(as, "aws organizations describe-organization")
	root := gjson.Get(run(as, "aws organizations list-roots"), "Roots.0.Id").Str
	child := account
	for child != root && child != "" {
		for _, kind := range [...]string{serviceControl, resourceControl} {
			listed := run(as, "aws organizations list-policies-for-target --target-id "+child+" --filter "+kind)
			for _, id := range words(gjson.Get(listed, "Policies.#.Id")) {
				run(as, "aws organizations describe-policy --policy-id "+id)
			}
		}
		child = gjson.Get(run(as, "aws organizations list-parents --child-id "+child), "Parents.0.Id").Str
	}
	for _, kind := range [...]string{serviceControl, resourceControl} {
		listed := run(as, "aws organizations list-policies-for-target --target-id "+root+" --filter "+kind)
		for _, id := range words(gjson.Get(listed, "Policies.#.Id")) {
			run(as, "aws organizations describe-policy --policy-id "+id)
		}
	}
}
