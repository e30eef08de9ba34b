package scenario

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kmsplayground/engine"
)

const rootStatement = "stories/004-root-statement/why-the-root-statement.md"

// same proves that a session equals a fresh one of its text: the same blocks, calls, answers, steps and goals.
func same(t *testing.T, what string, s *Session) {
	t.Helper()
	fresh := open(s.Text())
	for i, step := range fresh.Steps() {
		if s.Steps()[i].Appended && !step.Holds {
			t.Fatalf("%s: appended step %d does not replay: %s\n%s", what, i, step.Problem, s.Text()[s.open:])
		}
	}
	a, b := transcript(t, s), transcript(t, fresh)
	a, b = bytes.ReplaceAll(a, []byte(`"Appended":true`), []byte(`"Appended":false`)), bytes.ReplaceAll(b, []byte(`"Appended":true`), []byte(`"Appended":false`))
	if !bytes.Equal(a, b) {
		t.Fatalf("%s: replayed, the session differs from %d of %d bytes on:\n%s\n%s", what, common(a, b), len(a), window(a, common(a, b)), window(b, common(a, b)))
	}
	if len(fresh.Blocks()) != len(s.Blocks()) {
		t.Fatalf("%s: %d blocks, replayed %d", what, len(s.Blocks()), len(fresh.Blocks()))
	}
	if got, want := files(s), files(fresh); got != want {
		t.Fatalf("%s: files\n%s\nreplayed\n%s", what, got, want)
	}
	if !s.World().Now().Equal(fresh.World().Now()) {
		t.Fatalf("%s: it is %v, replayed %v", what, s.World().Now(), fresh.World().Now())
	}
}

func files(s *Session) string {
	text, _ := json.Marshal(s.Files())
	return string(text)
}

func common(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func window(text []byte, at int) []byte {
	return text[max(at-200, 0):min(at+300, len(text))]
}

// actions are what a person does, at random.
func act(r *rand.Rand, s *Session) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	as := pick("kms-test-1", "kms-test-2", "kms-test-3", "manabusakai", "111122223333:root", "nobody", "role/x", "`odd\"\n", "444455556666:root", "")
	env := engine.Environment{}
	if r.IntN(4) == 0 {
		env = engine.Environment{SourceIP: "192.0.2.7", ViaService: pick("", "ec2"), VPCEndpoint: pick("", "vpce-1")}
	}
	keys := s.World().KMS().Keys()
	switch r.IntN(13) {
	case 0, 1:
		script := pick("aws kms encrypt --key-id alias/app --plaintext SGVsbG8=", "x=$x.1\necho $x >>log.txt\ncat log.txt", "aws kms create-key --description new",
			"f() {\n  aws sts get-caller-identity\n}\nf", "f", "false", "echo ``` '````'", "export AWS_REGION=eu-west-1", "unset AWS_REGION", "echo *.json", "cat <<E\n```\nE", "aws kms list-keys\r\naws kms list-aliases",
			"syntax ((", "exit 3", "aws kms encrypt --key-id", "sleep 1m", "aws kms generate-random --number-of-bytes 8 | tr a-z A-Z", "set +e; false; echo on", "set -e",
			"export AWS_ACCESS_KEY_ID=AKIAXXXXXXXXXXXXXXXX AWS_SECRET_ACCESS_KEY=x", "unset AWS_ACCESS_KEY_ID", "eval x", "for k in $(aws kms list-keys --query Keys[].KeyId --output text); do aws kms describe-key --key-id $k >$k.json; done")
		return fmt.Sprintf("Run %q as %q", script, s.Run(as, script, env).As)
	case 2, 3:
		input := pick(`{"KeyId":"alias/app","Plaintext":"SGVsbG8="}`, `{"KeyId":"alias/app","Plaintext":"eA==","EncryptionContext":{"a":"b c","d":"e"}}`, `{"KeyId":""}`, `{}`, `{"KeyId":"alias/none","Plaintext":"eA=="}`)
		c := engine.Call{As: as, Service: "kms", Operation: "Encrypt", Input: json.RawMessage(input), Environment: env, Region: pick("", "", "eu-west-1")}
		if r.IntN(3) == 0 {
			c.Operation, c.Input = "CreateKey", json.RawMessage(`{"Policy":"{\n  \"Version\": \"2012-10-17\"\n}"}`)
		}
		if r.IntN(5) == 0 {
			c.Credentials = engine.Credentials{AccessKeyId: "AKIAXXXXXXXXXXXXXXXX", SecretAccessKey: "s"}
		}
		s.Call(c)
		return fmt.Sprintf("Call %+v %s", c, c.Input)
	case 4, 5:
		policy := pick("111122223333/user/kms-test-3/inline/own", "nothing", "arn:aws:iam::aws:policy/AdministratorAccess", "111122223333/role/x/trust")
		if len(keys) > 0 && r.IntN(3) > 0 {
			policy = keys[r.IntN(len(keys))].ARN
		}
		text := pick("", "{", "{}", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}]}`,
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/kms-test-3"},"Action":"kms:Encrypt","Resource":"*"}]}`,
			"```\n````", "not json\r\n", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}`, "\x00\xff")
		e := s.Edit(policy, as, text)
		return fmt.Sprintf("Edit %s as %q %q: %v", policy, as, text, e.Applied)
	case 6:
		return fmt.Sprint("Undo ", s.Undo())
	case 7:
		return fmt.Sprint("Redo ", s.Redo())
	case 8:
		n := r.IntN(8)
		s.Step(n)
		return fmt.Sprint("Step ", n)
	case 9:
		n := r.IntN(3)
		return fmt.Sprint("Switch ", n, s.Switch(n))
	case 10:
		c := engine.Call{As: as, Service: "kms", Operation: "PutKeyPolicy", Input: json.RawMessage(`{"KeyId":"alias/app","Policy":"{\n}"}`), Environment: env}
		title := pick("may", "`odd\"\n", "")
		s.Pin(c, title, pick("", "AccessDeniedException"))
		return fmt.Sprintf("Pin %+v %q", c, title)
	case 11:
		n := r.IntN(1 + len(s.Blocks()))
		return fmt.Sprint("Unpin ", n, s.Unpin(n))
	}
	d := []time.Duration{0, time.Second, 90 * time.Second, 1500 * time.Millisecond, time.Hour, 48 * time.Hour}[r.IntN(6)]
	s.Wait(d)
	return fmt.Sprint("Wait ", d)
}

// TestASessionEqualsItsText does random things to sessions of several documents.
func TestASessionEqualsItsText(t *testing.T) {
	documents := []string{
		document(t, rootStatement), "", "text without a line end", "```sh as=\"111122223333:root\"\naws iam create-user --user-name kms-test-1", "---\nseed: x\n", "a\r\n```json title=\"key-policy.json\"\r\n{}\r\n",
		"~~~~md\n```sh as=\"x\"", "---\nseed: y\n---\n```sh as=\"111122223333:root\"\naws kms create-key\naws iam create-user --user-name kms-test-3\n```\n```sh as=\"kms-test-3\" goal=\"g\" wait=\"5m\"\naws kms list-keys\n```\n",
		"```sh as=\"111122223333:root\" pin=\"p\"\naws kms list-keys\n```\n\n```sh as=\"111122223333:root\" pin=\"q\"\naws kms create-key\n```",
	}
	for seed := range uint64(27) {
		r := rand.New(rand.NewPCG(seed, 1))
		s := open(documents[int(seed)%len(documents)])
		done := []string{}
		for range 25 {
			done = append(done, act(r, s))
			if r.IntN(5) == 0 {
				same(t, strings.Join(done, "\n"), s)
			}
		}
		same(t, strings.Join(done, "\n"), s)

		for s.CanRedo() {
			s.Redo()
		}
		same(t, "redone", s)
		whole := s.Text()
		s.Step(0)
		at := len(s.undone)
		s.Step(at)
		if s.Text() != whole {
			t.Fatalf("after undoing and redoing everything the text is\n%s\nnot\n%s", s.Text(), whole)
		}
		same(t, "undone and redone", s)
		for s.Undo() {
		}
		if s.Text() != documents[int(seed)%len(documents)] {
			t.Fatalf("after undoing everything the text is\n%s", s.Text())
		}
		same(t, "undone", s)
	}
}

func TestTheLessonIsReachedByEditing(t *testing.T) {
	s := open(document(t, rootStatement))
	key := s.World().KMS().Keys()[0]
	goals := func(want string) {
		t.Helper()
		got := ""
		for _, g := range s.Goals() {
			got += fmt.Sprintf("%s: %v; ", g.Title, g.Holds)
		}
		if got != want {
			t.Errorf("goals\n got %s\nwant %s", got, want)
		}
	}
	goals("kms-test-2 may encrypt: false; a third user still may not: true; ")
	everybody := strings.Replace(key.PolicyText, `"Statement": [`, `"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:Encrypt", "Resource": "*"},`, 1)
	if e := s.Edit(key.ARN, "manabusakai", everybody); !e.Applied {
		t.Fatalf("%+v", e)
	}
	goals("kms-test-2 may encrypt: true; a third user still may not: false; ")
	before := len(s.Steps())
	e := s.Edit(key.ARN, "manabusakai", everybody[:len(everybody)-3])
	if e.Applied || e.Answer.Error == nil || e.Answer.Error.Code != "MalformedPolicyDocumentException" || e.Step.Expect != "MalformedPolicyDocumentException" || len(e.Diagnostics) == 0 {
		t.Errorf("%+v", e)
	}
	// The last text that AWS accepted stays in force, and one step more tells of the refusal.
	goals("kms-test-2 may encrypt: true; a third user still may not: false; ")
	if len(s.Steps()) != before+1 {
		t.Errorf("the refused edit takes the accepted one's place: %d steps, then %d", before, len(s.Steps()))
	}
	s.Edit(key.ARN, "manabusakai", "{")
	if len(s.Steps()) != before+1 {
		t.Errorf("refused edits pile up: %d steps, then %d", before, len(s.Steps()))
	}
	same(t, "refused edits", s)
	root := strings.Replace(everybody, `"Principal": "*", "Action": "kms:Encrypt"`, `"Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*"`, 1)
	if e := s.Edit(key.ARN, "manabusakai", root); !e.Applied {
		t.Fatalf("%+v", e)
	}
	goals("kms-test-2 may encrypt: true; a third user still may not: true; ")
	if len(s.Steps()) != before {
		t.Errorf("edits pile up: %d steps, then %d", before, len(s.Steps()))
	}
	answer, step := s.Call(engine.Call{As: "kms-test-2", Service: "kms", Operation: "Encrypt", Input: json.RawMessage(`{"KeyId":"alias/app","Plaintext":"SGVsbG8="}`)})
	if answer.Error != nil || step.Script != "aws kms encrypt --key-id alias/app --plaintext SGVsbG8=" || step.As != "kms-test-2" {
		t.Errorf("%+v %+v", answer, step)
	}
	s.Edit(key.ARN, "manabusakai", everybody)
	if len(s.Steps()) != before+2 {
		t.Errorf("an edit after another step is a step of its own: %d, then %d", before, len(s.Steps()))
	}
	same(t, "the lesson", s)
}

func TestAnEditThatLocksOutIsUndoneByTheNext(t *testing.T) {
	s := open(document(t, rootStatement))
	key := s.World().KMS().Keys()[0]
	nobody := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/kms-test-3"},"Action":"kms:Encrypt","Resource":"*"}]}`
	e := s.Edit(key.ARN, "manabusakai", nobody)
	if !e.Applied || !strings.HasSuffix(e.Step.Script, " --bypass-policy-lockout-safety-check") {
		t.Errorf("%+v", e)
	}
	if e := s.Edit(key.ARN, "manabusakai", key.PolicyText); !e.Applied || strings.Contains(e.Step.Script, "--bypass") {
		t.Errorf("%+v", e)
	}
	same(t, "locked out and back", s)
}

func TestEditsOfIAMPolicies(t *testing.T) {
	s := open("---\nseed: edits\n---\n```json title=\"trust.json\"\n" + trust + "\n```\n```sh as=\"111122223333:root\"\naws iam create-user --user-name u\naws iam create-group --group-name g\naws iam create-role --role-name r --assume-role-policy-document file://trust.json\n" +
		"aws iam create-policy --policy-name p --policy-document '" + identity + "'\n```\n")
	for _, row := range []struct{ id, text, script, code string }{
		{"111122223333/user/u/inline/own", identity, "aws iam put-user-policy --user-name u --policy-name own --policy-document file://u-own.json", ""},
		{"111122223333/group/g/inline/own", identity, "aws iam put-group-policy --group-name g --policy-name own --policy-document file://g-own.json", ""},
		{"111122223333/role/r/inline/own", identity, "aws iam put-role-policy --role-name r --policy-name own --policy-document file://r-own.json", ""},
		{"111122223333/role/r/trust", trust, "aws iam update-assume-role-policy --role-name r --policy-document file://r-trust.json", ""},
		{"arn:aws:iam::111122223333:policy/p", identity + " ", "aws iam create-policy-version --set-as-default --policy-arn arn:aws:iam::111122223333:policy/p --policy-document file://p.json", ""},
		{"111122223333/user/u/inline/own", "{", "aws iam put-user-policy --user-name u --policy-name own --policy-document file://u-own-2.json", "MalformedPolicyDocument"},
		{"111122223333/user/none/inline/own", identity, "aws iam put-user-policy --user-name none --policy-name own --policy-document file://u-own.json", "NoSuchEntity"},
		{"arn:aws:iam::aws:policy/AdministratorAccess", identity, "", "NoSuchEntity"},
		{"nonsense", identity, "", "NoSuchEntity"},
	} {
		e := s.Edit(row.id, "u", row.text)
		code := ""
		if e.Answer.Error != nil {
			code = e.Answer.Error.Code
		}
		script := strings.ReplaceAll(e.Step.Script, "none-own.json", "u-own.json")
		if script != row.script || code != row.code || e.Applied != (code == "") {
			t.Errorf("%s: %q %s %+v", row.id, script, code, e.Answer.Error)
		}
	}
	for n := range 8 { // more than a managed policy has versions
		s.Wait(time.Second)
		if e := s.Edit("arn:aws:iam::111122223333:policy/p", "u", identity+strings.Repeat(" ", n+2)); !e.Applied {
			t.Errorf("version %d: %+v", n, e.Answer.Error)
		}
	}
	same(t, "edits", s)
}

// TestEditsOfGuards edits what stands around identities and keys: the policies of VPC endpoints and of organizations.
func TestEditsOfGuards(t *testing.T) {
	s := open("---\nseed: guards\n---\n```sh as=\"111122223333:root\"\n" +
		"aws ec2 create-vpc-endpoint --vpc-id vpc-1 --service-name com.amazonaws.us-east-1.kms > /dev/null\n" +
		"aws ec2 create-vpc-endpoint --region eu-west-1 --vpc-id vpc-2 --service-name com.amazonaws.eu-west-1.kms > /dev/null\n" +
		"aws organizations create-organization --feature-set ALL > /dev/null\nroot=$(aws organizations list-roots --query 'Roots[0].Id' --output text)\n" +
		"for type in SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY; do aws organizations enable-policy-type --root-id $root --policy-type $type > /dev/null; done\n" +
		"aws organizations create-policy --name scp --description x --type SERVICE_CONTROL_POLICY --content '" + identity + "' > /dev/null\n" +
		"aws organizations create-policy --name rcp --description x --type RESOURCE_CONTROL_POLICY --content '" + guard + "' > /dev/null\n```\n")
	if step := s.Steps()[0]; step.Code != "" {
		t.Fatal(step.Problem)
	}
	texts := map[string]string{} // by id
	for _, e := range s.World().Endpoints() {
		texts[e.Policy.ID] = guard
	}
	for _, p := range s.World().IAM().OrganizationPolicies("111122223333") {
		if p.Name == "scp" {
			texts[p.ARN] = identity + " "
		} else if p.Name == "rcp" {
			texts[p.ARN] = guard + " "
		}
	}
	var scripts []string
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		if e := s.Edit(id, "nobody", texts[id]); !e.Applied {
			t.Errorf("%s: %+v", id, e.Answer.Error)
		} else {
			scripts = append(scripts, numbered.ReplaceAllString(e.Step.Script, "$1-1"))
		}
	}
	want := []string{
		"aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-1 --policy-document file://vpce-1.json",
		"aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-1 --region eu-west-1 --policy-document file://vpce-1.json",
		"aws organizations update-policy --policy-id p-1 --content file://rcp.json",
		"aws organizations update-policy --policy-id p-1 --content file://scp.json",
	}
	if slices.Sort(scripts); !slices.Equal(scripts, want) {
		t.Errorf("got %q, want %q", scripts, want)
	}
	for _, e := range s.World().Endpoints() {
		if got := e.Policy.Document.Text.String(); got != guard {
			t.Errorf("%s has %s", e.ID, got)
		}
	}
	same(t, "guards", s)
}

// numbered are the ids of endpoints and of policies, which follow from the seed.
var numbered = regexp.MustCompile(`\b(vpce|p)-[0-9a-z]+`)

const (
	guard    = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"kms:Decrypt","Resource":"*"}]}`
	identity = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}`
	trust    = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}`
)

func TestWhatTheConsoleExportsIsItsOwn(t *testing.T) {
	s := open(document(t, rootStatement))
	s.Run("kms-test-1", "export AWS_ACCESS_KEY_ID=AKIAXXXXXXXXXXXXXXXX AWS_SECRET_ACCESS_KEY=x AWS_REGION=eu-west-1", engine.Environment{})
	if step := s.Run("kms-test-1", "aws kms list-keys", engine.Environment{}); step.Code != "UnrecognizedClientException" {
		t.Errorf("%+v", step)
	}
	if answer, step := s.Call(engine.Call{As: "kms-test-1", Service: "kms", Operation: "DescribeKey", Input: json.RawMessage(`{"KeyId":"alias/app"}`)}); answer.Error != nil {
		t.Errorf("%s: %+v", step.Script, answer.Error)
	}
	key := s.World().KMS().Keys()[0]
	if e := s.Edit(key.ARN, "manabusakai", key.PolicyText); !e.Applied {
		t.Errorf("%s: %+v", e.Step.Script, e.Answer.Error)
	}
	same(t, "exports", s)
}

func TestExpectations(t *testing.T) {
	const head = "```sh as=\"111122223333:root\"%s\n%s\n```\n%s"
	for _, row := range []struct{ attributes, script, after, problem string }{
		{"", "echo x", "", ""},
		{"", "echo x", "```output\nx\n```\n", ""},
		{"", "echo x", "```output\ny\n```\n", "the output is not as expected:\nx"},
		{"", "echo x >&2", "```error\ny\n```\n", "the error output is not as expected:\nx"},
		{` expect="3"`, "exit 3", "", ""},
		{` expect="3"`, "exit 4", "", "expected 3, but it ended with exit code 4"},
		{` expect="NotFoundException"`, "aws kms describe-key --key-id alias/x", "", ""},
		{` expect="NotFoundException"`, "true", "", "expected NotFoundException, but it succeeded"},
		{` expect="254"`, "aws kms describe-key --key-id alias/x", "", "expected 254, but it ended with NotFoundException: An error occurred (NotFoundException) when calling the DescribeKey operation: Alias arn:aws:kms:us-east-1:111122223333:alias/x is not found."},
		{` expect="ParamValidation"`, "aws kms describe-key", "", ""},
		{` expect="2"`, "((", "", ""},
		{"", "false", "", "it ended with exit code 1"},
	} {
		s := open(fmt.Sprintf(head, row.attributes, row.script, row.after))
		if got := s.Steps()[0]; got.Problem != row.problem || got.Holds != (row.problem == "") {
			t.Errorf("%s %q: %q, want %q", row.attributes, row.script, got.Problem, row.problem)
		}
	}
}

func TestWaitBeforeAStep(t *testing.T) {
	s := open("```sh as=\"111122223333:root\" wait=\"6m\"\naws kms create-key --query KeyMetadata.CreationDate --output text\n```\n")
	if got := s.Steps()[0].Stdout; got != "2026-01-01T09:06:00+00:00\n" {
		t.Error(got)
	}
	if got := s.Calls()[0].Time.Format(time.RFC3339); got != "2026-01-01T09:06:00Z" {
		t.Error(got)
	}
}

// TestKeysByTheirOwnNames holds that the keys of a document get the ids that its front matter gives them, in the order of
// their place, and draw theirs beyond them.
func TestKeysByTheirOwnNames(t *testing.T) {
	s := open(`---
region: eu-west-1
keys: [arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab, arn:aws:kms:us-east-1:444455556666:key/11111111-2222-3333-4444-555555555555, arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab]
---

` + "```sh as=\"111122223333:root\"\n" + `aws kms create-key --query KeyMetadata.Arn
aws kms create-key --multi-region --query KeyMetadata.Arn
aws kms create-key --query KeyMetadata.KeyId --output text >/dev/null
` + "```\n\n```output\n" + `"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
"arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
` + "```\n\n```sh as=\"444455556666:root\" region=\"us-east-1\"\n" + `aws kms create-key --query KeyMetadata.Arn
` + "```\n\n```output\n\"arn:aws:kms:us-east-1:444455556666:key/11111111-2222-3333-4444-555555555555\"\n```\n")
	for i, step := range s.Steps() {
		if !step.Holds {
			t.Errorf("step %d: %s", i, step.Problem)
		}
	}
}

// TestGivenIDs holds that what is made first has the ids of the front matter, and what comes later draws its own.
func TestGivenIDs(t *testing.T) {
	s := open("---\nids: [AROAZ3TEXAMPLE4567ABC, o-a1b2c3d4e5, r-ab12, ou-ab12-cd34ef56, p-r3g10n5x, vpce-0a1b2c3d4e5f60718, AIDAZ3TEXAMPLE4567ABC]\n---\n" + `
` + "```sh as=\"111122223333:root\"\n" + `aws iam create-user --user-name a --query User.UserId --output text
aws iam create-role --role-name b --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}' --query Role.RoleId --output text
aws organizations create-organization --query Organization.Id --output text
aws organizations create-organizational-unit --parent-id r-ab12 --name a --query OrganizationalUnit.Id --output text
aws organizations enable-policy-type --root-id r-ab12 --policy-type SERVICE_CONTROL_POLICY --query Root.Id --output text
aws organizations create-policy --content '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kms:*","Resource":"*"}]}' --description '' --name a --type SERVICE_CONTROL_POLICY --query Policy.PolicySummary.Id --output text
aws ec2 create-vpc-endpoint --vpc-id vpc-1 --service-name com.amazonaws.us-east-1.kms --query VpcEndpoint.VpcEndpointId --output text
aws iam create-user --user-name c --query 'starts_with(User.UserId, ` + "`\"AIDA\"`" + `)' --output text
` + "```\n")
	if d := s.Diagnostics(); len(d) > 0 {
		t.Error(d)
	}
	want := "AIDAZ3TEXAMPLE4567ABC\nAROAZ3TEXAMPLE4567ABC\no-a1b2c3d4e5\nou-ab12-cd34ef56\nr-ab12\np-r3g10n5x\nvpce-0a1b2c3d4e5f60718\nTrue\n"
	if step := s.Steps()[0]; step.Stdout != want {
		t.Errorf("%s\n%s", step.Stdout, step.Stderr)
	}
	for _, id := range []string{"x", "AIDAGONE", "p-FullAWSAccess", "o-", "vpce-xyz"} {
		if d := open("---\nids: [" + id + "]\n---\n").Diagnostics(); len(d) != 1 || !strings.Contains(d[0].Message, strconv.Quote(id)+" is none") {
			t.Errorf("%s: %v", id, d)
		}
	}
}

// TestBulk holds that many steps come out as they do one by one, that the last can be taken back meanwhile, and that
// Undo takes back all of them.
func TestBulk(t *testing.T) {
	data, err := Stories.ReadFile(rootStatement)
	if err != nil {
		t.Fatal(err)
	}
	steps := func(s *Session) {
		for _, name := range []string{"a", "b", "c"} {
			s.Call(engine.Call{Service: "iam", Operation: "CreateUser", As: "111122223333:root", Input: json.RawMessage(`{"UserName":"` + name + `"}`)})
			if name == "b" {
				s.Undo()
			}
			s.Call(engine.Call{Service: "kms", Operation: "CreateKey", As: "111122223333:root", Input: json.RawMessage(`{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"}`)})
		}
	}
	for _, text := range []string{string(data), "", "```"} {
		one, bulk := open(text), open(text)
		steps(one)
		bulk.Bulk(func() { steps(bulk) })
		if one.Text() != bulk.Text() {
			t.Errorf("%s", bulk.Text())
		}
		same(t, "bulk", bulk)
		for i, step := range bulk.Steps() {
			if step.Block != one.Steps()[i].Block {
				t.Errorf("step %d is block %d, want %d", i, step.Block, one.Steps()[i].Block)
			}
		}
		if !bulk.Undo() || bulk.Text() != open(text).Text() || bulk.CanUndo() {
			t.Errorf("after Undo: %s", bulk.Text())
		}
		bulk.Bulk(func() {})
		same(t, "empty bulk", bulk)
	}
}
