package advise_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/advise"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/keypair"
	"kmsplayground/engine/scenario"
)

// refused is a denied request and the world that it was sent to.
type refused struct {
	name  string
	world *engine.World
	call  engine.Call
	x     authz.Explanation
}

// corpus are the denied requests of all stories, and of testdata, each in the world at its moment. The same request in
// the same story counts once.
func corpus(t *testing.T) []refused {
	t.Helper()
	texts := documents(t)
	all := []refused{}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		all = append(all, replay(t, name, texts[name])...)
	}
	return all
}

// documents are all stories and those of testdata, by name.
func documents(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	read := func(fsys fs.FS, pattern string) {
		names, err := fs.Glob(fsys, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(fsys, name)
			if err != nil {
				t.Fatal(err)
			}
			texts[filepath.Base(name)] = string(text)
		}
	}
	read(scenario.Stories, "stories/*/*.md")
	read(os.DirFS("testdata"), "*.md")
	return texts
}

// replay makes the calls of a document again, one by one.
func replay(t *testing.T, name, text string) []refused {
	t.Helper()
	s := scenario.OpenWith(text, engine.Options{Algorithms: keypair.All{}})
	for _, step := range s.Steps() {
		if !step.Holds {
			t.Errorf("%s: %s: %s", name, step.Script, step.Problem)
		}
	}
	w := engine.New(s.World().Options())
	found, seen := []refused{}, map[string]bool{}
	for i, r := range s.Calls() {
		w.Advance(r.Time.Sub(w.Now()))
		if q, problem := engine.ParseQuota(s.Steps()[r.Step].Quota); problem == "" {
			w.SetQuota(q)
		}
		x, denied := denial(r.Answer)
		before := w.Clone()
		if got := w.Call(r.Call); fmt.Sprint(got.Error) != fmt.Sprint(r.Answer.Error) && (got.Error == nil || r.Answer.Error == nil || *got.Error != *r.Answer.Error) {
			t.Fatalf("%s: call %d was answered %v, now %v", name, i, r.Answer.Error, got.Error)
		}
		if key := r.Call.As + r.Call.Operation + x.Message; denied && !seen[key] {
			seen[key] = true
			found = append(found, refused{fmt.Sprintf("%s call %d: %s as %s", name, i, r.Call.Operation, r.Call.As), before, r.Call, x})
		}
	}
	return found
}

// denial is the first check that an answer, or a call beneath it, did not pass.
func denial(a engine.Answer) (authz.Explanation, bool) {
	checks := slices.Clone(a.Checks)
	for _, b := range a.Beneath {
		checks = append(checks, b.Answer.Checks...)
	}
	for _, x := range checks {
		if x.Decision != authz.Allow {
			return x, true
		}
	}
	return authz.Explanation{}, false
}

// reason is which layer denied, and how.
func reason(x authz.Explanation) string {
	kind := "no "
	if x.Decision == authz.ExplicitDeny {
		kind = "Deny in "
	}
	for _, t := range []authz.LayerType{authz.ResourceControlPolicy, authz.ServiceControlPolicy, authz.VPCEndpointPolicy,
		authz.KeyPolicy, authz.IdentityPolicy, authz.PermissionsBoundary, authz.SessionPolicy} {
		if strings.Contains(x.Message, " no "+string(t)+" allows") || strings.Contains(x.Message, "deny in a "+string(t)) ||
			strings.Contains(x.Message, "deny in an "+string(t)) {
			return kind + string(t)
		}
	}
	return kind + "told reason"
}

// apply performs a suggestion in a world, and answers the request as it is sent then.
func apply(t *testing.T, w *engine.World, call engine.Call, s advise.Suggestion) engine.Answer {
	t.Helper()
	for _, step := range s.Steps {
		switch {
		case step.Wait > 0:
			w.Advance(step.Wait)
		case step.Request:
			call = step.Call
		default:
			if a := w.Call(step.Call); a.Error != nil {
				t.Errorf("%s: %s as %s: %s: %s", s.Title, step.Call.Operation, step.Call.As, a.Error.Code, a.Error.Message)
			}
		}
	}
	return w.Call(call)
}

// opened counts the cells of all keys that are allowed after a suggestion and were not before, but for the request's.
func opened(before, after *engine.World, r refused, people []advise.Person, keys []string, context map[string]string) (n int) {
	list := func(w *engine.World) (l []*iam.Principal) {
		for _, p := range people {
			if found, err := w.IAM().Principal(p.Ref, w.Options().Account); err == nil {
				l = append(l, found)
			}
		}
		return l
	}
	for _, key := range keys {
		q := advise.Question{Key: key, EncryptionContext: context, Environment: r.call.Environment}
		was, is := advise.MatrixOf(before, q, list(before)), advise.MatrixOf(after, q, list(after))
		for i := range is.Rows {
			for j := range is.Operations {
				own := key == r.x.Resource && is.Rows[i].Principal == r.x.Principal && strings.HasPrefix(strings.TrimPrefix(r.x.Action, "kms:"), is.Operations[j])
				if is.Rows[i].Cells[j] == 'A' && strings.IndexByte("A-", was.Rows[i].Cells[j]) < 0 && !own {
					n++
				}
			}
		}
	}
	return n
}

// Every suggestion, applied, turns just that request into an allowed one; the first opens no more than the second, as
// counted anew here.
func TestSuggestionsAllow(t *testing.T) {
	reasons, lacking, asked := map[string]int{}, []string{}, 0
	for _, r := range corpus(t) {
		asked++
		reasons[reason(r.x)]++
		advice := advise.Suggest(r.world, r.call)
		if advice.Allowed {
			t.Errorf("%s: it is said to be allowed", r.name)
		}
		if len(advice.Suggestions) == 0 {
			lacking = append(lacking, r.name)
		}
		counts := []int{}
		for _, s := range advice.Suggestions {
			w := r.world.Clone()
			a := apply(t, w, r.call, s)
			if x, denied := denial(a); denied || len(a.Checks) == 0 {
				t.Errorf("%s: %s: denied still: %s", r.name, s.Title, x.Message)
			}
			keys := []string{}
			for _, k := range r.world.KMS().Keys() {
				keys = append(keys, k.ARN)
			}
			if len(counts) < 2 {
				counts = append(counts, opened(r.world, w, r, advise.People(r.world), keys, nil))
			}
			if testing.Verbose() {
				t.Logf("%s: %s (opens %d, %d steps)", r.name, s.Title, len(s.Opens), len(s.Steps))
			}
		}
		for i := 1; i < len(advice.Suggestions); i++ {
			if len(advice.Suggestions[i-1].Opens) > len(advice.Suggestions[i].Opens) {
				t.Errorf("%s: %q opens more than %q", r.name, advice.Suggestions[i-1].Title, advice.Suggestions[i].Title)
			}
		}
		if len(counts) == 2 && counts[0] > counts[1] {
			t.Errorf("%s: the first opens %d, the second %d", r.name, counts[0], counts[1])
		}
	}
	if asked < 60 {
		t.Errorf("only %d requests were asked about", asked)
	}
	if got := slices.Sorted(maps.Keys(reasons)); !slices.Equal(got, everyReason) {
		t.Errorf("the requests are denied for\n%q, they should be for\n%q", got, everyReason)
	}
	if !slices.Equal(lacking, beyondHelp) {
		t.Errorf("no suggestion for\n%s\nwant none for\n%s", strings.Join(lacking, "\n"), strings.Join(beyondHelp, "\n"))
	}
}

// everyReason are the reasons for denials that AWS tells. Nothing lacks the Allow of a resource control policy:
// RCPFullAWSAccess cannot be detached.
var everyReason = []string{
	"Deny in VPC endpoint policy", "Deny in identity-based policy", "Deny in permissions boundary", "Deny in resource control policy",
	"Deny in resource-based policy", "Deny in service control policy", "Deny in session policy",
	"no VPC endpoint policy", "no identity-based policy", "no permissions boundary", "no resource-based policy",
	"no service control policy", "no session policy", "no told reason",
}

// beyondHelp are the requests that nothing can allow: the policies of these keys let nobody change them, or are AWS's.
var beyondHelp = []string{
	"a-key-can-be-left-with-nobody-to-manage-it.md call 8: PutKeyPolicy as manabusakai",
	"a-key-can-be-left-with-nobody-to-manage-it.md call 15: Decrypt as kms-test-2",
	"a-key-can-be-left-with-nobody-to-manage-it.md call 16: PutKeyPolicy as 111122223333:root",
	"a-key-can-be-left-with-nobody-to-manage-it.md call 17: ScheduleKeyDeletion as kms-test-2",
	"a-key-can-be-left-with-nobody-to-manage-it.md call 19: DescribeKey as kms-test-1",
	"keys-that-aws-manages.md call 16: DisableKey as admin",
	"keys-that-aws-manages.md call 20: PutObject as 444455556666:role/r/s1",
}
