package kms

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz/testdata/denial"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/keypair"
)

const (
	home   = "111122223333"
	region = "us-east-1"
)

var start = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)

// step is one call of a testdata file. Error is the code and the whole message of what it answers; Output is a part of
// it: objects may have more members, "ab…" is any text that begins so. Save names parts of the output, {{name}} stands
// for them in later steps. Policies may be written as JSON.
type step struct {
	Note   string
	As     string // root of the account when empty
	Call   string // "kms:Encrypt"
	Input  json.RawMessage
	Output json.RawMessage
	Absent []string // members that the output must not have
	Error  string
	Save   map[string]string // name: path in the output
	Later  time.Duration     // seconds that pass before
	Region string
	Via    string   // the service that calls for the principal
	Checks []string // actions that were asked about, when given
	Wait   string   // time that passes before, as "1.999s"
	// Pending are the changes that the checks did not see, each as "At: What"; Grant is the reason of their first grant.
	Pending []string
	Grant   string
	Wrap    *wrapping // key material that is encrypted before
}

func TestSteps(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.json")
	if len(files) < 8 {
		t.Fatalf("%d files in testdata", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) { checkSteps(t, file, newWorld()) })
	}
}

func checkSteps(t *testing.T, file string, w *world) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var steps []step
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&steps); err != nil {
		t.Fatal(err)
	}
	for i, s := range steps {
		w.step(t, i+1, s)
	}
}

// world is the services and what the steps saved.
type world struct {
	kms   *Service
	iam   *iam.Directory
	now   time.Time
	saved map[string]string
}

func newWorld() *world {
	entropy := hsm.Seeded("test")
	return &world{kms: New(entropy, keypair.All{}), iam: iam.NewDirectory(entropy), now: start, saved: map[string]string{}}
}

func (w *world) fill(text string) string {
	for name, value := range w.saved {
		text = strings.ReplaceAll(text, "{{"+name+"}}", value)
	}
	return text
}

func (w *world) step(t *testing.T, n int, s step) {
	t.Helper()
	w.now = w.now.Add(s.Later * time.Second)
	if s.Wait != "" {
		d, err := time.ParseDuration(s.Wait)
		if err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(d)
	}
	w.kms.Tick(w.now)
	if s.Wrap != nil {
		s.Wrap.Key = w.fill(s.Wrap.Key)
		w.saved["wrapped"] = s.Wrap.wrap(t)
	}
	input := w.fill(string(s.Input))
	out, result, code := w.call(t, s, input)
	for i := range result.Checks {
		denial.Explained(t, fmt.Sprintf("step %d %s", n, s.Call), &result.Checks[i])
	}
	want := w.fill(s.Error)
	switch {
	case code != want:
		t.Fatalf("step %d %s %s as %s:\n got %s %s\nwant %s", n, s.Call, input, s.As, code, out, want)
	case s.Output != nil:
		if where := missing(gjson.Parse(w.fill(string(s.Output))), gjson.Parse(out), "output"); where != "" {
			t.Fatalf("step %d %s: %s\n got %s\nwant %s", n, s.Call, where, out, w.fill(string(s.Output)))
		}
	}
	for _, name := range s.Absent {
		if gjson.Get(out, name).Exists() {
			t.Fatalf("step %d %s: %s is in %s", n, s.Call, name, out)
		}
	}
	for name, path := range s.Save {
		if w.saved[name] = gjson.Get(out, path).String(); w.saved[name] == "" {
			t.Fatalf("step %d %s: no %s in %s", n, s.Call, path, out)
		}
	}
	checkVisibility(t, w, n, s, result)
	if s.Checks != nil {
		actions := []string{}
		for _, x := range result.Checks {
			actions = append(actions, x.Action)
		}
		if got, want := strings.Join(actions, " "), strings.Join(s.Checks, " "); got != want {
			t.Fatalf("step %d %s: checks %s, want %s", n, s.Call, got, want)
		}
	}
}

func (w *world) call(t *testing.T, s step, input string) (out string, result Result, code string) {
	t.Helper()
	as := s.As
	if as == "" {
		as = "root"
	}
	caller, err := w.iam.Principal(w.fill(as), home)
	if err != nil {
		t.Fatal(err)
	}
	service, operation, _ := strings.Cut(s.Call, ":")
	parsed := gjson.Parse(policiesAsText(t, input))
	if service != "kms" {
		r := iam.Request{Caller: caller, Operation: operation, Input: parsed, Now: w.now, Region: region}
		o, err := w.iam.Do(service, r)
		if err != nil {
			return "", Result{}, err.Error()
		}
		return encode(t, o), Result{}, ""
	}
	r := w.request(caller, operation, parsed)
	if s.Region != "" {
		r.Region = s.Region
	}
	r.Environment.ViaService = s.Via
	result, e := w.kms.Do(r)
	if e != nil {
		return "", result, e.Error()
	}
	return encode(t, result.Output), result, ""
}

func (w *world) request(caller *iam.Principal, operation string, input gjson.Result) Request {
	return Request{
		Caller: caller, Operation: operation, Input: input, Region: region, Now: w.now, Directory: w.iam,
		Environment: Environment{SourceIP: "198.51.100.7", UserAgent: "aws-cli/2"}, RequestID: "request",
	}
}

// policiesAsText turns policies that are written as JSON into the strings that the API wants.
func policiesAsText(t *testing.T, input string) string {
	t.Helper()
	var members map[string]json.RawMessage
	if input == "" {
		return "{}"
	}
	if err := json.Unmarshal([]byte(input), &members); err != nil {
		return input // a step may send what is no object
	}
	for _, name := range []string{"Policy", "PolicyDocument", "AssumeRolePolicyDocument"} {
		if v := members[name]; len(v) > 0 && v[0] == '{' {
			members[name], _ = json.Marshal(string(v))
		}
	}
	return encode(t, members)
}

func encode(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// missing says where got lacks what want has, "" when it has everything. Lists are equally long.
func missing(want, got gjson.Result, path string) string {
	problem := ""
	switch {
	case want.IsObject():
		want.ForEach(func(k, v gjson.Result) bool {
			problem = missing(v, catalog.Member(got, k.Str), path+"."+k.Str)
			return problem == ""
		})
	case want.IsArray():
		w, g := want.Array(), got.Array()
		if len(w) != len(g) {
			return path + " has another length"
		}
		for i := range w {
			if problem == "" {
				problem = missing(w[i], g[i], path)
			}
		}
	case strings.HasSuffix(want.Str, "…"):
		if !strings.HasPrefix(got.Str, strings.TrimSuffix(want.Str, "…")) {
			return path + " differs"
		}
	case want.Type != got.Type || want.String() != got.String():
		return path + " differs"
	}
	return problem
}

// at is a text within an answer.
func at(out, path string) string { return gjson.Get(out, path).String() }

func iamRequest(r Request) iam.Request {
	return iam.Request{Caller: r.Caller, Operation: r.Operation, Input: r.Input, Now: r.Now, Region: r.Region}
}
