package iam

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"
)

const home = "111122223333"

var start = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)

// fakeEntropy repeats the digest of the purpose.
type fakeEntropy struct{}

func (fakeEntropy) Reader(purpose string) io.Reader {
	sum := sha256.Sum256([]byte(purpose))
	return bytes.NewReader(bytes.Repeat(sum[:], 32))
}

// step is one call of a testdata file. Either Error is the whole message with its code, or Output is a part of what is
// answered: objects may have more members, "AIDA…" is any text that begins so.
type step struct {
	As     string // root of the account when empty
	Call   string // "iam:CreateUser"
	Input  json.RawMessage
	Output json.RawMessage
	Error  string
	Later  int // seconds that pass before
	// Keep remembers parts of the output, by their path, for later steps, which write "$root" for what is kept as "root".
	Keep map[string]string
}

// with puts what was kept into the texts of a step; longer names first, so that $ou2 is not $ou and a 2.
func (s step) with(kept map[string]string) step {
	names := slices.SortedFunc(maps.Keys(kept), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	for _, name := range names {
		s.As = strings.ReplaceAll(s.As, "$"+name, kept[name])
		s.Input = bytes.ReplaceAll(s.Input, []byte("$"+name), []byte(kept[name]))
		s.Output = bytes.ReplaceAll(s.Output, []byte("$"+name), []byte(kept[name]))
		s.Error = strings.ReplaceAll(s.Error, "$"+name, kept[name])
	}
	return s
}

func TestSteps(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.json")
	if len(files) == 0 {
		t.Fatal("no testdata")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
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
			check(t, steps)
		})
	}
}

func check(t *testing.T, steps []step) {
	t.Helper()
	d, now, kept := NewDirectory(fakeEntropy{}), start, map[string]string{}
	for i, s := range steps {
		s = s.with(kept)
		now = now.Add(time.Duration(s.Later) * time.Second)
		out, err := d.perform(t, s, now)
		switch {
		case err != nil && s.Error != err.Error():
			t.Fatalf("step %d %s %s:\n got %v\nwant %s", i+1, s.Call, s.Input, err, s.Error)
		case err == nil && s.Error != "":
			t.Fatalf("step %d %s %s: succeeded with %s\nwant %s", i+1, s.Call, s.Input, out, s.Error)
		case err == nil && s.Output != nil:
			if where := missing(gjson.ParseBytes(s.Output), gjson.Parse(out), "output"); where != "" {
				t.Fatalf("step %d %s: %s\n got %s\nwant %s", i+1, s.Call, where, out, s.Output)
			}
		}
		for name, path := range s.Keep {
			if kept[name] = gjson.Get(out, path).String(); kept[name] == "" {
				t.Fatalf("step %d %s: there is no %s in %s", i+1, s.Call, path, out)
			}
		}
	}
}

// perform aims and makes a call as the engine does, without asking for permission.
func (d *Directory) perform(t *testing.T, s step, now time.Time) (string, *Error) {
	t.Helper()
	as := s.As
	if as == "" {
		as = "root"
	}
	caller, err := d.Principal(as, home)
	if err != nil {
		t.Fatal(err)
	}
	service, operation, _ := strings.Cut(s.Call, ":")
	r := Request{Caller: caller, Operation: operation, Input: gjson.ParseBytes(s.Input), Now: now, Region: "us-east-1"}
	if _, err := d.Targets(service, r); err != nil {
		return "", err
	}
	checkRemembered(t, d, s.Call, now)
	out, e := d.Do(service, r)
	checkRemembered(t, d, s.Call, now)
	if e != nil {
		return "", e
	}
	text, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(text), nil
}

// missing says where got lacks what want has, "" when it has everything. Lists are equally long.
func missing(want, got gjson.Result, path string) string {
	problem := ""
	switch {
	case want.IsObject():
		want.ForEach(func(k, v gjson.Result) bool {
			problem = missing(v, got.Get(gjson.Escape(k.Str)), path+"."+k.Str)
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
	case want.Raw != got.Raw && want.String() != got.String():
		return path + " differs"
	}
	return problem
}
