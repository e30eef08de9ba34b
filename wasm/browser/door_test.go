package browser

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/keypair"
	"kmsplayground/engine/scenario"
	"kmsplayground/engine/source"
)

// world is a document with one of everything that the page shows.
const world = `---
title: One of everything
account: 111122223333
---
Two users, a group, a role and somebody else.

` + "```json title=\"dev.json\"" + `
{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "kms:*", "Resource": "*" } ] }
` + "```" + `

` + "```json title=\"trust.json\"" + `
{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "sts:AssumeRole" } ] }
` + "```" + `

` + "```sh as=\"111122223333:root\"" + `
aws iam create-user --user-name ann --tags Key=Team,Value=red
aws iam create-user --user-name bob
aws iam create-group --group-name admins
aws iam add-user-to-group --group-name admins --user-name bob
aws iam attach-group-policy --group-name admins --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
aws iam put-user-policy --user-name ann --policy-name dev --policy-document file://dev.json
aws iam create-role --role-name app --assume-role-policy-document file://trust.json
aws iam create-policy --policy-name limit --policy-document file://dev.json
aws iam put-user-permissions-boundary --user-name ann --permissions-boundary arn:aws:iam::111122223333:policy/limit
` + "```" + `

` + "```sh as=\"444455556666:root\"" + `
aws iam create-user --user-name eve
` + "```" + `

` + "```sh as=\"ann\"" + `
key=$(aws kms create-key --description first --tags TagKey=Stage,TagValue=test --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/app --target-key-id $key
aws kms create-grant --key-id $key --grantee-principal arn:aws:iam::111122223333:role/app --operations Decrypt --constraints EncryptionContextSubset={App=billing} > /dev/null
` + "```" + `

` + "```sh as=\"bob\"" + `
aws sts assume-role --role-arn arn:aws:iam::111122223333:role/app --role-session-name s1 > /dev/null
` + "```" + `

` + "```sh as=\"444455556666:user/eve\" expect=\"AccessDeniedException\"" + `
aws kms encrypt --key-id arn:aws:kms:us-east-1:111122223333:alias/app --plaintext SGVsbG8=
` + "```" + `

` + "```sh as=\"bob\" goal=\"Bob may describe the key\"" + `
aws kms describe-key --key-id alias/app
` + "```" + `
`

// ask sends a request and returns the reply; a Failure ends the test.
func ask(t *testing.T, d *Door, r Request) Reply {
	t.Helper()
	reply := send(t, d, r)
	if reply.Failure != "" {
		t.Fatalf("%s: %s", r.Type, reply.Failure)
	}
	return reply
}

func send(t *testing.T, d *Door, r Request) Reply {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	reply := d.reply(text)
	if !json.Valid(encode(reply)) {
		t.Errorf("%s is answered by no JSON", r.Type)
	}
	if reply.Id != r.Id || reply.Version != Version {
		t.Errorf("request %d was answered as %d by version %q", r.Id, reply.Id, reply.Version)
	}
	return reply
}

func NewDoor() *Door { return New(Whole(keypair.All{}, nil)) }

func opened(t *testing.T, document string) (*Door, State) {
	t.Helper()
	d := NewDoor()
	return d, *ask(t, d, Request{Id: 1, Type: Open, Document: document}).State
}

func TestFailures(t *testing.T) {
	d, _ := opened(t, world)
	check := func(request, want string) {
		t.Helper()
		var reply Reply
		if err := json.Unmarshal(d.Handle([]byte(request)), &reply); err != nil {
			t.Fatal(err)
		}
		if reply.Failure != want || reply.State != nil {
			t.Errorf("%s\ngot  %s\nwant %s", request, reply.Failure, want)
		}
	}
	check(``, `bad message: EOF`)
	check(`{"Id":7,`, `bad message: unexpected EOF`)
	check(`{"Id":7} {}`, `bad message: there is something after the request`)
	check(`{"Id":7,"Tpye":"Hello"}`, `bad message: json: unknown field "Tpye"`)
	check(`{"Id":7}`, `there is no request of type ""`)
	check(`{"Id":7,"Type":"Explode"}`, `there is no request of type "Explode"`)
	check(`{"Id":7,"Type":"Call"}`, `a Call request carries a Call`)
	check(`{"Id":7,"Type":"Answer","Index":99}`, `there is no request 99`)
	check(`{"Id":7,"Type":"Answer","Index":-1}`, `there is no request -1`)
	check(`{"Id":7,"Type":"Edit","Policy":"x"}`, `there is no policy "x" that can be edited`)
	check(`{"Id":7,"Type":"Edit","Policy":"arn:aws:iam::aws:policy/AdministratorAccess"}`,
		`there is no policy "arn:aws:iam::aws:policy/AdministratorAccess" that can be edited`)
	check(`{"Id":7,"Type":"Wait","Seconds":-1}`, `time moves forward only: -1 seconds`)
	check(`{"Id":7,"Type":"Undo"}`, `there is nothing to undo`)
	check(`{"Id":7,"Type":"Parse","Kind":"poem"}`, `there is no kind of policy "poem"`)
	check(`{"Id":7,"Type":"OpenLink"}`, `the link holds no document`)
	check(`{"Id":7,"Type":"Bench","Count":0}`, `Count is from 1 to 1000000`)
	if got := gotID(t, d.Handle([]byte(`{"Id":7,"Type":3}`))); got != 7 {
		t.Errorf("a bad message of id 7 is answered as %d", got)
	}
}

func gotID(t *testing.T, text []byte) int {
	t.Helper()
	var reply Reply
	if err := json.Unmarshal(text, &reply); err != nil {
		t.Fatal(err)
	}
	return reply.Id
}

func TestPanicGoesBack(t *testing.T) {
	d, before := opened(t, world)
	d.engine.Handlers["Explode"] = func(d *Door, r Request) Reply {
		d.session.Run("bob", "aws iam create-user --user-name half", engine.Environment{})
		panic("index out of range")
	}
	reply := send(t, d, Request{Id: 2, Type: "Explode"})
	if want := "the engine failed at Explode, and went back to before it: index out of range"; reply.Failure != want {
		t.Errorf("got %q, want %q", reply.Failure, want)
	}
	after := ask(t, d, Request{Id: 3, Type: Wait, Seconds: 60}).State
	if !strings.HasPrefix(after.Document, before.Document) || strings.Contains(after.Document, "half") {
		t.Errorf("the document went on as\n%s", after.Document)
	}
	if !reflect.DeepEqual(after.Accounts, before.Accounts) || !reflect.DeepEqual(after.Keys, before.Keys) {
		t.Error("the world is not what it was")
	}
}

func TestCallAnswerUndo(t *testing.T) {
	d, before := opened(t, world)
	call := engine.Call{As: "bob", Service: "kms", Operation: "Encrypt", Input: json.RawMessage(`{"KeyId":"alias/app","Plaintext":"SGVsbG8="}`)}
	reply := ask(t, d, Request{Id: 2, Type: Call, Call: &call})
	if reply.Answer == nil || reply.Answer.Error != nil || len(reply.Answer.Checks) != 1 {
		t.Fatalf("the answer is %+v", reply.Answer)
	}
	got := reply.State.Requests[reply.Index]
	want := RequestView{
		Index: reply.Index, Time: "2026-01-01T09:00:00Z", Principal: "arn:aws:iam::111122223333:user/bob", Label: "bob", Service: "kms",
		Operation: "Encrypt", Resource: "alias/app", Decision: "Allowed", Appended: true, Done: 1,
		Command: "aws kms encrypt --key-id alias/app --plaintext SGVsbG8=",
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	again := ask(t, d, Request{Id: 3, Type: Answer, Index: reply.Index})
	if !reflect.DeepEqual(again.Answer, reply.Answer) {
		t.Error("Answer gives another answer than Call")
	}
	if !reply.State.CanUndo {
		t.Error("the call cannot be undone")
	}
	after := ask(t, d, Request{Id: 4, Type: Undo}).State
	if !reflect.DeepEqual(*withoutRedo(after), before) {
		t.Error("undoing the call does not give the state before it")
	}
}

// withoutRedo is a state as if nothing had been undone.
func withoutRedo(s *State) *State {
	plain := *s
	plain.CanRedo, plain.Undone, plain.History.Undone = false, []string{}, []scenario.Stretch{}
	return &plain
}

func TestCommand(t *testing.T) {
	d, _ := opened(t, world)
	reply := ask(t, d, Request{Id: 2, Type: Command, As: "bob", Command: "aws kms list-aliases --query 'Aliases[].AliasName' --output text"})
	if reply.Step == nil || reply.Step.Stdout != "alias/app\n" || !reply.Step.Holds || len(reply.Step.Calls) != 1 {
		t.Errorf("the step is %+v", reply.Step)
	}
	last := reply.State.Lesson[len(reply.State.Lesson)-1]
	if last.Type != "step" || !last.Appended || last.Step == nil || last.Step.As != "bob" {
		t.Errorf("the last block is %+v", last)
	}
}

func TestEditKeepsWhatWasRefused(t *testing.T) {
	d, before := opened(t, world)
	key := before.Keys[0]
	const broken = `{"Version": "2012-10-17", "Statement": [`
	reply := ask(t, d, Request{Id: 2, Type: Edit, Policy: key.Policy, As: key.Managers[0], Text: broken})
	if reply.Applied || reply.Answer.Error == nil || reply.Answer.Error.Code != "MalformedPolicyDocumentException" {
		t.Errorf("a broken text was applied: %+v", reply.Answer)
	}
	p := policyOf(t, *reply.State, key.Policy)
	if p.Draft != broken || p.Text == broken || len(p.Diagnostics) == 0 || !reflect.DeepEqual(p.Diagnostics, reply.Diagnostics) {
		t.Errorf("the policy is %+v, the reply's diagnostics %v", p, reply.Diagnostics)
	}
	const good = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}]}`
	reply = ask(t, d, Request{Id: 3, Type: Edit, Policy: key.Policy, As: key.Managers[0], Text: good})
	p = policyOf(t, *reply.State, key.Policy)
	if !reply.Applied || p.Text != good || p.Draft != "" || p.Refused || len(p.Diagnostics) != 0 {
		t.Errorf("applied %v, the policy is %+v", reply.Applied, p)
	}
}

// TestDraftsStay holds that a refused text stays in the editor whatever else is done and undone, in every policy, and
// goes with the Undo of its own edit. An empty one is a text like others.
func TestDraftsStay(t *testing.T) {
	d, s := opened(t, world)
	key, own := s.Keys[0].Policy, ""
	for _, p := range s.Policies {
		if p.Title == "ann: dev" {
			own = p.ID
		}
	}
	as := s.Keys[0].Managers[0]
	check := func(when string, s *State, policy, draft string, refused bool) {
		t.Helper()
		if p := policyOf(t, *s, policy); p.Draft != draft || p.Refused != refused || p.Text == draft {
			t.Errorf("%s: %s is %q, refused %v", when, policy, p.Draft, p.Refused)
		}
	}
	ask(t, d, Request{Id: 2, Type: Edit, Policy: key, As: as, Text: "{"})
	ask(t, d, Request{Id: 3, Type: Edit, Policy: own, As: as, Text: ""})
	reply := ask(t, d, Request{Id: 4, Type: Command, As: as, Command: "aws kms list-keys > /dev/null"})
	check("after a command", reply.State, key, "{", true)
	check("after a command", reply.State, own, "", true)
	reply = ask(t, d, Request{Id: 5, Type: Undo})
	check("the command undone", reply.State, key, "{", true)
	check("the command undone", reply.State, own, "", true)
	document := reply.State.Document
	reply = ask(t, d, Request{Id: 6, Type: Undo})
	check("the other edit undone", reply.State, key, "{", true)
	check("the other edit undone", reply.State, own, "", false)
	reply = ask(t, d, Request{Id: 7, Type: Undo})
	check("its own edit undone", reply.State, key, "", false)
	reply = ask(t, d, Request{Id: 8, Type: Resume, Document: document, History: &HistoryView{
		Opened: len(document), Drafts: []Draft{{Policy: key, Text: "{", Refused: true}, {Policy: own, Refused: true}, {Policy: "gone", Text: "{", Refused: true}},
	}})
	check("opened again", reply.State, key, "{", true)
	check("opened again", reply.State, own, "", true)
}

func policyOf(t *testing.T, s State, id string) PolicyView {
	t.Helper()
	for _, p := range s.Policies {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("no policy %s", id)
	return PolicyView{}
}

func TestParseAndFormat(t *testing.T) {
	d := NewDoor()
	reply := ask(t, d, Request{Id: 1, Type: Parse, Kind: "key policy", Text: `{"Version":"2012-10-17","Statement":[{"Effekt":"Allow"}]}`})
	if !slices.ContainsFunc(reply.Diagnostics, func(d source.Diagnostic) bool { return d.Code == "unknown-element" }) {
		t.Errorf("the diagnostics are %v", reply.Diagnostics)
	}
	reply = ask(t, d, Request{Id: 2, Type: Format, Text: `{"a":[1,2]}`})
	if !reply.Applied || !strings.Contains(reply.Text, "\n") {
		t.Errorf("formatted as %q", reply.Text)
	}
	reply = ask(t, d, Request{Id: 3, Type: Format, Text: `{"a":`})
	if reply.Applied || reply.Text != `{"a":` {
		t.Errorf("broken JSON is formatted as %q", reply.Text)
	}
}

func TestShareAndOpenLink(t *testing.T) {
	d, _ := opened(t, world)
	state := ask(t, d, Request{Id: 2, Type: Command, As: "bob", Command: "aws kms list-keys"}).State
	fragment := ask(t, d, Request{Id: 3, Type: Share}).Text
	again := ask(t, NewDoor(), Request{Id: 1, Type: OpenLink, Fragment: fragment}).State
	if again.Document != state.Document || !reflect.DeepEqual(again.Keys, state.Keys) || len(again.Requests) != len(state.Requests) {
		t.Error("the link opens another state")
	}
}

func TestHello(t *testing.T) {
	reply := ask(t, NewDoor(), Request{Id: 1, Type: Hello})
	found := false
	for _, op := range reply.Catalogue.Operations {
		if op.Service == "kms" && op.Name == "Encrypt" {
			found = true
			roles := map[string]string{}
			for _, f := range op.Fields {
				roles[f.Name] = f.Role
			}
			if roles["KeyId"] != "key" || roles["EncryptionContext"] != "encryption context" || roles["GrantTokens"] != "grant tokens" {
				t.Errorf("the roles are %v", roles)
			}
		}
	}
	names := map[string]string{}
	for _, e := range reply.Catalogue.Examples {
		names[e.Name] = e.Group
		if document, _ := scenario.Parse(e.Text); e.Title == "" || e.Title != document.Title {
			t.Errorf("%s has the title %q, its document %q", e.Name, e.Title, document.Title)
		}
	}
	if !found || names["004-why-the-root-statement"] != "Root statement" {
		t.Errorf("Encrypt is there: %v; the examples are %v", found, names)
	}
}

// TestNothingIsNull holds for every story that lists reach JavaScript as lists.
func TestNothingIsNull(t *testing.T) {
	for _, e := range exampleViews() {
		d := NewDoor()
		reply := d.open(e.Text)
		for i := range reply.State.Requests {
			noNil(t, e.Name, reflect.ValueOf(d.answer(Request{Index: i}).Answer))
		}
		noNil(t, e.Name, reflect.ValueOf(reply.State))
	}
	noNil(t, "the catalogue", reflect.ValueOf(NewDoor().hello(Request{})))
}

func noNil(t *testing.T, at string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			noNil(t, at, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				noNil(t, at+"."+f.Name, v.Field(i))
			}
		}
	case reflect.Slice:
		raw := v.Type().Elem().Kind() == reflect.Uint8
		if v.IsNil() && !raw && !strings.HasSuffix(at, "Reply.Diagnostics") && at != "the catalogue.Diagnostics" {
			t.Errorf("%s is null", at)
		}
		for i := 0; !raw && i < v.Len(); i++ {
			noNil(t, at, v.Index(i))
		}
	}
}
