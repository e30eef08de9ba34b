package engine

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

	"kmsplayground/engine/authz"
)

// step is one call of a testdata file. Beneath are the calls to KMS that it makes, each as "ec2 CreateGrant as ana" or
// "Decrypt as …", with the exception behind a colon; "ec2" is missing where the service calls in its own name. Output is
// a part of the output, in which "…" stands for any text. {{name}} is what an earlier step saved.
type step struct {
	Note     string
	As       string // root of the account when empty
	Call     string // "ec2:AttachVolume"
	Input    json.RawMessage
	Output   json.RawMessage
	Error    string // code and whole message
	Beneath  []string
	Contexts []string          // the encryption context of each call beneath, when given
	Save     map[string]string // name: path in the output
	Region   string
	VPCE     string
	Via      string
	Wait     string
}

func TestServiceSteps(t *testing.T) {
	files, _ := filepath.Glob("testdata/services/*.json")
	if len(files) < 10 {
		t.Fatalf("%d files", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var steps []step
			d := json.NewDecoder(bytes.NewReader(text))
			d.DisallowUnknownFields()
			if err := d.Decode(&steps); err != nil {
				t.Fatal(err)
			}
			s := stage{world: New(Options{Seed: "steps", Region: "us-west-2"}), saved: map[string]string{}}
			for i, step := range steps {
				s.check(t, i+1, step)
			}
		})
	}
}

type stage struct {
	world *World
	saved map[string]string
}

func (s *stage) fill(text string) string {
	for name, value := range s.saved {
		text = strings.ReplaceAll(text, "{{"+name+"}}", value)
	}
	return text
}

func (s *stage) check(t *testing.T, n int, step step) {
	t.Helper()
	if step.Wait != "" {
		d, err := time.ParseDuration(step.Wait)
		if err != nil {
			t.Fatal(err)
		}
		s.world.Advance(d)
	}
	service, operation, _ := strings.Cut(step.Call, ":")
	as := step.As
	if as == "" {
		as = "111122223333:root"
	}
	copied := s.world.Clone()
	before := len(s.world.Trail())
	call := Call{
		As: as, Service: service, Operation: operation, Input: policiesAsText([]byte(s.fill(string(step.Input)))), Region: step.Region,
		Environment: Environment{VPCEndpoint: s.fill(step.VPCE), ViaService: step.Via},
	}
	a := s.world.Call(call)
	checkDenials(t, fmt.Sprintf("step %d %s", n, step.Call), service, a)
	got := ""
	if a.Error != nil {
		got = a.Error.Code + ": " + a.Error.Message
	}
	if want := s.fill(step.Error); !like(want, got) {
		t.Fatalf("step %d %s as %s:\n got %s %s\nwant %s\nbeneath %v", n, step.Call, as, got, a.Output, want, beneath(a))
	}
	if where := lacks(gjson.Parse(s.fill(string(step.Output))), gjson.ParseBytes(a.Output), "output"); step.Output != nil && where != "" {
		t.Fatalf("step %d %s: %s\n got %s", n, step.Call, where, a.Output)
	}
	if made, want := strings.Join(beneath(a), "\n"), s.fill(strings.Join(step.Beneath, "\n")); !like(want, made) {
		t.Fatalf("step %d %s: beneath\n got %s\nwant %s", n, step.Call, made, want)
	}
	for i, want := range step.Contexts {
		if context := gjson.GetBytes(a.Beneath[i].Input, "EncryptionContext").Raw; context != s.fill(want) {
			t.Fatalf("step %d %s: context %d is %s, want %s", n, step.Call, i, context, s.fill(want))
		}
	}
	s.checkEvents(t, n, a, before)
	if b := copied.Call(call); !bytes.Equal(encode(a), encode(b)) {
		t.Fatalf("step %d %s: a clone of the world answers otherwise:\n%s\n%s", n, step.Call, encode(a), encode(b))
	}
	for name, path := range step.Save {
		if s.saved[name] = gjson.GetBytes(a.Output, path).String(); s.saved[name] == "" {
			t.Fatalf("step %d %s: no %s in %s", n, step.Call, path, a.Output)
		}
	}
}

// checkEvents holds that every call beneath is recorded, under the id of the request, and that no event has the id of
// another one. What was denied carries its explanation.
func (s *stage) checkEvents(t *testing.T, n int, a Answer, before int) {
	t.Helper()
	seen := map[string]bool{}
	for _, e := range s.world.Trail()[before:] {
		event := gjson.ParseBytes(e.JSON())
		id := event.Get("eventID").Str
		if event.Get("requestID").Str != a.RequestID || seen[id] {
			t.Fatalf("step %d: event %s of request %s", n, e, a.RequestID)
		}
		seen[id] = true
	}
	for _, b := range a.Beneath {
		if !seen[gjson.GetBytes(b.Answer.Event.JSON(), "eventID").Str] {
			t.Fatalf("step %d: %s is not in the trail", n, b.Operation)
		}
		if e := b.Answer.Error; e != nil && e.Code == "AccessDeniedException" && b.Answer.Checks[len(b.Answer.Checks)-1].Decision == authz.Allow {
			t.Fatalf("step %d: %s is denied and nothing denied it", n, b.Operation)
		}
	}
}

func beneath(a Answer) []string {
	all := []string{}
	for _, b := range a.Beneath {
		text := b.Operation + " as " + strings.TrimPrefix(strings.TrimPrefix(b.Answer.Principal, "arn:aws:iam::111122223333:user/"), "arn:aws:sts::111122223333:assumed-role/")
		if b.Via != "" {
			text = b.Via + " " + text
		}
		if b.Answer.Error != nil {
			text += ": " + b.Answer.Error.Code
		}
		all = append(all, text)
	}
	return all
}

// policiesAsText turns policies that are written as JSON into the strings that the APIs take.
func policiesAsText(input []byte) json.RawMessage {
	if len(input) == 0 {
		return nil
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(input, &members); err != nil {
		panic(err)
	}
	for _, name := range []string{"Policy", "PolicyDocument", "AssumeRolePolicyDocument"} {
		if v, ok := members[name]; ok && v[0] == '{' {
			members[name], _ = json.Marshal(string(v))
		}
	}
	raw, _ := json.Marshal(members)
	return raw
}

// like compares with a text in which … is any text.
func like(want, got string) bool {
	parts := strings.Split(want, "…")
	if len(parts) == 1 {
		return want == got
	}
	if !strings.HasPrefix(got, parts[0]) {
		return false
	}
	got = got[len(parts[0]):]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(got, part)
		if i < 0 {
			return false
		}
		got = got[i+len(part):]
	}
	return strings.HasSuffix(got, parts[len(parts)-1])
}

// lacks names the first place where got is not as want; objects may have more members.
func lacks(want, got gjson.Result, at string) string {
	switch {
	case want.IsObject():
		where := ""
		want.ForEach(func(k, v gjson.Result) bool {
			where = lacks(v, got.Get(gjson.Escape(k.Str)), at+"."+k.Str)
			return where == ""
		})
		return where
	case want.IsArray():
		w, g := want.Array(), got.Array()
		if len(w) != len(g) {
			return at + " has another length"
		}
		for i := range w {
			if where := lacks(w[i], g[i], at); where != "" {
				return where
			}
		}
		return ""
	case want.Type == gjson.String && like(want.Str, got.Str), want.Raw == got.Raw:
		return ""
	}
	return at + " is " + got.Raw + ", not " + want.Raw
}
