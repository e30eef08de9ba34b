package simulate

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
)

// fakeEntropy repeats the digest of the purpose.
type fakeEntropy struct{}

func (fakeEntropy) Reader(purpose string) io.Reader {
	sum := sha256.Sum256([]byte(purpose))
	return bytes.NewReader(bytes.Repeat(sum[:], 32))
}

// row is one call of a testdata file. The rows of a file share a directory. Policies may be written as objects: they
// are sent as compact text.
type row struct {
	Name  string
	Call  string // "SimulateCustomPolicy" when empty; "iam:CreateUser" is performed by IAM
	Input json.RawMessage
	// Results are the evaluation results as summary writes them, or the names of context keys.
	Results []string
	Marker  string
	Error   string // whole, with its code
}

func TestRows(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.json")
	if len(files) < 5 {
		t.Fatal("testdata is not whole")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var rows []row
			decoder := json.NewDecoder(bytes.NewReader(text))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(&rows); err != nil {
				t.Fatal(err)
			}
			d := iam.NewDirectory(fakeEntropy{})
			for _, r := range rows {
				t.Run(r.Name, func(t *testing.T) { check(t, d, r) })
			}
		})
	}
}

// member is what the tests' organization has: its one policy takes kms:Decrypt from the user bound, and nothing else.
func member(t *testing.T) func(*iam.Principal) *authz.Guard {
	t.Helper()
	document, ok := parse(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"aws:username":"bound"}}}]}`, false)
	if !ok {
		t.Fatal("the policy is broken")
	}
	return func(p *iam.Principal) *authz.Guard {
		if p.Name != "bound" && p.Name != "app" {
			return nil
		}
		return &authz.Guard{Levels: []authz.Level{{Name: "Root", Policies: []iam.Policy{{Document: document}}}}}
	}
}

func check(t *testing.T, d *iam.Directory, r row) {
	t.Helper()
	if r.Call == "" {
		r.Call = "SimulateCustomPolicy"
	}
	caller, err := d.Principal("root", "123456789012")
	if err != nil {
		t.Fatal(err)
	}
	service, operation, other := strings.Cut(r.Call, ":")
	if !other {
		service, operation = "iam", r.Call
	}
	request := iam.Request{Caller: caller, Operation: operation, Input: gjson.Parse(texted(t, r.Input)), Now: time.Unix(0, 0), Region: "us-east-1"}
	_, failed := d.Targets(service, request)
	var out any
	switch {
	case failed != nil:
	case other:
		out, failed = d.Do(service, request)
	default:
		out, failed = Do(Request{Request: request, Directory: d, Controls: member(t)})
	}
	if failed != nil {
		if got := failed.Error(); got != r.Error {
			t.Errorf("got  %s\nwant %s", got, r.Error)
		}
		return
	}
	if other && r.Error == "" {
		return
	}
	text, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	got := summary(gjson.ParseBytes(text))
	if r.Error != "" || !slices.Equal(got, r.Results) || gjson.GetBytes(text, "Marker").String() != r.Marker {
		t.Errorf("got  %s\nwant %s %s%s\nfrom %s", strings.Join(got, "\n     "), r.Error, strings.Join(r.Results, "\n     "), r.Marker, text)
	}
}

// texted replaces policies that are written as objects by their compact text.
func texted(t *testing.T, input json.RawMessage) string {
	t.Helper()
	var b strings.Builder
	var walk func(v gjson.Result)
	walk = func(v gjson.Result) {
		switch {
		case v.IsObject() && (v.Get("Statement").Exists() || v.Get("Version").Exists()):
			var compact bytes.Buffer
			if err := json.Compact(&compact, []byte(v.Raw)); err != nil {
				t.Fatal(err)
			}
			quoted, _ := json.Marshal(compact.String())
			b.Write(quoted)
		case v.IsObject(), v.IsArray():
			separator, closing := "{", "}"
			if v.IsArray() {
				separator, closing = "[", "]"
			}
			if len(v.Map()) == 0 && len(v.Array()) == 0 || v.Raw == "{}" {
				b.WriteString(separator)
			}
			v.ForEach(func(k, item gjson.Result) bool {
				b.WriteString(separator)
				if separator = ","; v.IsObject() {
					b.WriteString(k.Raw + ":")
				}
				walk(item)
				return true
			})
			b.WriteString(closing)
		default:
			b.WriteString(v.Raw)
		}
	}
	walk(gjson.ParseBytes(input))
	return b.String()
}

// summary writes results in lines: those of resources are indented below those of their action.
func summary(out gjson.Result) []string {
	lines := []string{}
	for _, name := range out.Get("ContextKeyNames").Array() {
		lines = append(lines, name.String())
	}
	for _, r := range out.Get("EvaluationResults").Array() {
		resource := "-"
		if name := r.Get("EvalResourceName"); name.Exists() {
			resource = name.String()
		}
		lines = append(lines, r.Get("EvalActionName").String()+" "+resource+": "+r.Get("EvalDecision").String()+particulars(r))
		for _, s := range r.Get("ResourceSpecificResults").Array() {
			lines = append(lines, "  "+s.Get("EvalResourceName").String()+": "+s.Get("EvalResourceDecision").String()+particulars(s))
		}
	}
	return lines
}

func particulars(r gjson.Result) string {
	text := ""
	for _, m := range r.Get("MatchedStatements").Array() {
		kind := map[string]string{"IAM Policy": "", "Resource Policy": "(resource)", "Permissions Boundary Policy": "(boundary)"}[m.Get("SourcePolicyType").String()]
		text += fmt.Sprintf(" %s%s@%s:%s-%s:%s", m.Get("SourcePolicyId"), kind, m.Get("StartPosition.Line"), m.Get("StartPosition.Column"), m.Get("EndPosition.Line"), m.Get("EndPosition.Column"))
	}
	for _, name := range r.Get("MissingContextValues").Array() {
		text += ", missing " + name.String()
	}
	if o := r.Get("OrganizationsDecisionDetail.AllowedByOrganizations"); o.Exists() {
		text += ", organization " + o.Raw
	}
	if b := r.Get("PermissionsBoundaryDecisionDetail.AllowedByPermissionsBoundary"); b.Exists() {
		text += ", boundary " + b.Raw
	}
	r.Get("EvalDecisionDetails").ForEach(func(k, v gjson.Result) bool {
		text += ", " + k.String() + " " + v.String()
		return true
	})
	return text
}

// TestShape holds the whole form of an answer once.
func TestShape(t *testing.T) {
	d := iam.NewDirectory(fakeEntropy{})
	caller, _ := d.Principal("root", "123456789012")
	input := `{"PolicyInputList":["{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}"],
		"ActionNames":["s3:GetObject","s3:PutObject"],"ResourceArns":["arn:aws:s3:::simulation-bucket/a"],"MaxItems":1}`
	out, failed := Do(Request{Request: iam.Request{Caller: caller, Operation: "SimulateCustomPolicy", Input: gjson.Parse(input)}, Directory: d})
	if failed != nil {
		t.Fatal(failed)
	}
	got, _ := json.Marshal(out)
	const statements = `"MatchedStatements":[{"SourcePolicyId":"PolicyInputList.1","SourcePolicyType":"IAM Policy","StartPosition":{"Line":1,"Column":38},"EndPosition":{"Line":1,"Column":95}}]`
	want := `{"EvaluationResults":[{"EvalActionName":"s3:GetObject","EvalResourceName":"arn:aws:s3:::simulation-bucket/a","EvalDecision":"allowed",` +
		statements + `,"MissingContextValues":[],"EvalDecisionDetails":{},"ResourceSpecificResults":[{"EvalResourceName":"arn:aws:s3:::simulation-bucket/a","EvalResourceDecision":"allowed",` +
		statements + `}]}],"IsTruncated":true,"Marker":"1"}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
