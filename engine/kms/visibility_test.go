package kms

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/keypair"
)

func newEventualWorld() *world {
	w := newWorld()
	w.kms = NewEventual(hsm.Seeded("test"), keypair.All{})
	return w
}

// TestEventualSteps walks to both sides of the moments at which changes are seen, one millisecond before and at them.
// The delays follow from the seed of the tests.
func TestEventualSteps(t *testing.T) {
	files, _ := filepath.Glob("testdata/eventual/*.json")
	if len(files) < 4 {
		t.Fatalf("%d files in testdata/eventual", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			checkSteps(t, file, newEventualWorld())
		})
	}
}

// checkVisibility holds what a step says about changes that are not seen.
func checkVisibility(t *testing.T, w *world, n int, s step, r Result) {
	t.Helper()
	if s.Pending != nil {
		got := []string{}
		for _, x := range r.Checks {
			for _, p := range x.Pending {
				got = append(got, p.At+": "+p.What)
			}
		}
		want := []string{}
		for _, p := range s.Pending {
			want = append(want, w.fill(p))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("step %d %s: pending\n %q, want\n %q", n, s.Call, got, want)
		}
	}
	if s.Grant == "" {
		return
	}
	for _, l := range r.Checks[0].Layers {
		if l.Type == authz.Grants && (len(l.Grants) == 0 || l.Grants[0].Reason != s.Grant) {
			t.Fatalf("step %d %s: grants %+v, want %q", n, s.Call, l.Grants, s.Grant)
		}
	}
}

// TestEarlierPolicy holds that a decision by a policy that was replaced names it apart from the new one, whose lines are
// others.
func TestEarlierPolicy(t *testing.T) {
	w := newEventualWorld()
	w.step(t, 1, step{Call: "kms:CreateKey", Save: map[string]string{"id": "KeyMetadata.KeyId", "arn": "KeyMetadata.Arn"}})
	w.step(t, 2, step{Call: "kms:PutKeyPolicy", Input: []byte(`{"KeyId":"{{id}}","Policy":` + text(keyPolicyText("kms:*")) + `}`)})
	arn := w.saved["arn"]
	check := func(wantID, wantText string, earlier bool) {
		t.Helper()
		_, result, _ := w.call(t, step{Call: "kms:DescribeKey"}, w.fill(`{"KeyId":"{{id}}"}`))
		if got := result.Checks[0].Deciding[0].PolicyID; got != wantID {
			t.Errorf("decided by %s, want %s", got, wantID)
		}
		p, until := w.kms.EarlierKeyPolicy(arn, w.now)
		if (p != nil) != earlier || earlier && (p.ID != wantID || p.Document.Text.String() != wantText || !until.After(w.now)) {
			t.Errorf("the earlier policy is %v until %v", p, until)
		}
	}
	check(arn+EarlierPolicy, defaultPolicy("aws", home), true)
	w.now = w.now.Add(maxDelay)
	check(arn, "", false)
}

// TestDelays holds the distribution: whole seconds, most of them few, none over five minutes.
func TestDelays(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	for _, l := range []lag{grantLag, policyLag, tagLag} {
		short, longest := 0, time.Duration(0)
		for range 10_000 {
			b := make([]byte, 9)
			for i := range b {
				b[i] = byte(chance.Uint32())
			}
			d := l.delay(b)
			if d < l.low || d > maxDelay || d%time.Second != 0 {
				t.Fatalf("a delay of %v", d)
			}
			if d <= l.high {
				short++
			}
			longest = max(longest, d)
		}
		if short < 8500 || short > 9100 || longest < maxDelay-5*time.Second {
			t.Errorf("%v: %d of 10000 are short, the longest is %v", l, short, longest)
		}
	}
}

// twins are an immediate and an eventually consistent world in which the same calls were made.
type twins struct {
	immediate, eventual *world
	r                   *rand.Rand
	keys                []string
}

func newTwins(t *testing.T, seed uint64) *twins {
	t.Helper()
	w := &twins{newWorld(), newEventualWorld(), rand.New(rand.NewPCG(seed, 0)), nil}
	for _, call := range []string{
		`iam:CreateUser {"UserName":"u"}`, `iam:CreateUser {"UserName":"v"}`,
		`iam:CreateRole {"RoleName":"r","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"sts:AssumeRole\"}]}"}`,
		`iam:PutUserPolicy {"UserName":"u","PolicyName":"p","PolicyDocument":` + text(allows(`"kms:*"`, `"Condition":{"StringEquals":{"aws:ResourceTag/a":"1"}}`)) + `}`,
		`iam:PutUserPolicy {"UserName":"v","PolicyName":"p","PolicyDocument":` + text(allows(`["kms:Encrypt","kms:RetireGrant"]`, `"Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":["alias/0","alias/1"]}}`)) + `}`,
	} {
		w.both(t, call)
	}
	for range 3 {
		out := w.both(t, `kms:CreateKey {"Policy":`+text(keyPolicyText("kms:*"))+`}`)
		w.keys = append(w.keys, gjson.Get(out, "KeyMetadata.Arn").String())
	}
	return w
}

func text(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func allows(actions, rest string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":` + actions + `,"Resource":"*",` + rest + `}]}`
}

// keyPolicyText leaves the root user everything, and IAM policies what is delegated.
func keyPolicyText(delegated string) string {
	return `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalType":"Account"}}},
		{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"` + delegated + `","Resource":"*"}]}`
}

// both makes a call as the root user in both worlds. They answer the same: no answer to it rests on what is unseen.
func (w *twins) both(t *testing.T, call string) string {
	t.Helper()
	name, input, _ := strings.Cut(call, " ")
	a, _, codeA := w.immediate.call(t, step{Call: name}, input)
	b, _, codeB := w.eventual.call(t, step{Call: name}, input)
	if a != b || codeA != codeB {
		t.Fatalf("%s answers\n%s %s\nand eventually\n%s %s", call, a, codeA, b, codeB)
	}
	return a
}

func (w *twins) advance(d time.Duration) {
	for _, one := range []*world{w.immediate, w.eventual} {
		one.now = one.now.Add(d)
		one.kms.Tick(one.now)
	}
}

// change makes a call that changes something that authorization may see later.
func (w *twins) change(t *testing.T) {
	t.Helper()
	pick := func(list ...string) string { return list[w.r.IntN(len(list))] }
	key, alias := w.keys[w.r.IntN(len(w.keys))], pick("alias/0", "alias/1", "alias/2")
	grants := w.immediate.kms.Grants(key)
	switch kind := w.r.IntN(8); {
	case kind == 0:
		w.both(t, `kms:TagResource {"KeyId":"`+key+`","Tags":[{"TagKey":"`+pick("a", "b")+`","TagValue":"`+pick("1", "2")+`"}]}`)
	case kind == 1:
		w.both(t, `kms:UntagResource {"KeyId":"`+key+`","TagKeys":["`+pick("a", "b")+`"]}`)
	case kind == 2:
		w.both(t, `kms:`+pick("CreateAlias", "UpdateAlias")+` {"AliasName":"`+alias+`","TargetKeyId":"`+key+`"}`)
	case kind == 3:
		w.both(t, `kms:DeleteAlias {"AliasName":"`+alias+`"}`)
	case kind == 4:
		w.both(t, `kms:PutKeyPolicy {"KeyId":"`+key+`","Policy":`+text(keyPolicyText(pick("kms:*", "kms:Encrypt", "kms:Describe*")))+`}`)
	case kind == 5 && len(grants) > 0:
		w.both(t, `kms:RevokeGrant {"KeyId":"`+key+`","GrantId":"`+grants[w.r.IntN(len(grants))].ID+`"}`)
	default:
		w.both(t, `kms:CreateGrant {"KeyId":"`+key+`","GranteePrincipal":"arn:aws:iam::111122223333:`+pick("user/u", "user/v", "role/r")+
			`","RetiringPrincipal":"arn:aws:iam::111122223333:role/r","Operations":["`+pick("Encrypt", "DescribeKey", "RetireGrant")+`"]`+pick("", `,"Name":"n"`)+`}`)
	}
}

// decisions are all that matter: who may do what with which key, and retire which grant.
func (one *world) decisions(t *testing.T, keys []string) []string {
	t.Helper()
	var all []string
	ask := func(as, operation, input string) {
		caller, err := one.iam.Principal(as, home)
		if err != nil {
			t.Fatal(err)
		}
		checks, e := one.kms.Decide(one.request(caller, operation, gjson.Parse(input)))
		all = append(all, fmt.Sprintf("%s %s %s: %v %s", as, operation, input, e, encode(t, checks)))
	}
	for _, as := range []string{"u", "v", "role/r/s"} {
		for _, key := range keys {
			ask(as, "Encrypt", `{"KeyId":"`+key+`","Plaintext":"eA=="}`)
			ask(as, "DescribeKey", `{"KeyId":"`+key+`"}`)
			for _, g := range one.kms.Grants(key) {
				ask(as, "RetireGrant", `{"KeyId":"`+key+`","GrantId":"`+g.ID+`"}`)
			}
		}
		for _, alias := range []string{"alias/0", "alias/1"} {
			ask(as, "Encrypt", `{"KeyId":"`+alias+`","Plaintext":"eA=="}`)
		}
	}
	return all
}

// TestEventuallyTheSame holds that five minutes after the last change every decision of the eventually consistent world
// is that of the immediate one, explanation and all, and that nothing is kept of how things were.
func TestEventuallyTheSame(t *testing.T) {
	differed, asked := 0, 0
	for seed := range uint64(20) {
		w := newTwins(t, seed)
		for range 15 {
			w.change(t)
			w.advance(time.Duration(w.r.IntN(60_000)) * time.Millisecond)
			if strings.Join(w.immediate.decisions(t, w.keys), "") != strings.Join(w.eventual.decisions(t, w.keys), "") {
				differed++
			}
			clone := *w.eventual
			clone.kms = w.eventual.kms.Clone()
			clone.now = clone.now.Add(maxDelay) // without a tick: what is seen follows from the time alone
			later := *w.immediate
			later.now = clone.now
			a, b := later.decisions(t, w.keys), clone.decisions(t, w.keys)
			asked += len(a)
			for i := range a {
				if a[i], b[i] = withoutEnded(a[i]), withoutEnded(b[i]); a[i] != b[i] {
					t.Fatalf("seed %d: five minutes later\n%s\nand eventually\n%s", seed, a[i], b[i])
				}
			}
		}
		w.advance(maxDelay)
		a, b := w.immediate.decisions(t, w.keys), w.eventual.decisions(t, w.keys)
		if !slices.Equal(a, b) {
			t.Fatalf("seed %d: the worlds differ after five minutes", seed)
		}
		if n := len(w.eventual.kms.ended); n > 0 {
			t.Errorf("seed %d: %d ended grants are kept", seed, n)
		}
		for _, key := range w.keys {
			if k := w.eventual.kms.keys[key]; k.past.any() || len(w.eventual.kms.Pending(key, w.eventual.now)) > 0 {
				t.Errorf("seed %d: of %s is kept %+v", seed, key, k.past)
			}
			if w.immediate.kms.keys[key].past.any() {
				t.Errorf("seed %d: an immediate world keeps %+v", seed, w.immediate.kms.keys[key].past)
			}
		}
	}
	t.Logf("%d decisions; after %d of 300 changes the worlds differed", asked, differed)
	if differed < 100 {
		t.Errorf("the worlds differed after %d changes only", differed)
	}
}

// withoutEnded leaves of an explanation its decision and its message; a grant that has ended is in the tree until the
// clock moves.
func withoutEnded(decision string) string {
	head, checks, _ := strings.Cut(decision, " [")
	for _, x := range gjson.Parse("[" + checks).Array() {
		head += " " + x.Get("Decision").Str + x.Get("Message").Str
	}
	return head
}

// TestWindow holds that while changes of one kind travel, every decision is one that the immediate world gave at some
// moment of the last five minutes, and that the newest change that was seen decides.
func TestWindow(t *testing.T) {
	w := newTwins(t, 1)
	key := w.keys[0]
	type moment struct {
		from     time.Time
		decision string
	}
	ask := func(one *world) string {
		caller, _ := one.iam.Principal("u", home)
		checks, err := one.kms.Decide(one.request(caller, "Encrypt", gjson.Parse(`{"KeyId":"`+key+`","Plaintext":"eA=="}`)))
		if err != nil {
			t.Fatal(err)
		}
		return string(checks[0].Decision)
	}
	history := []moment{{decision: ask(w.immediate)}}
	old := 0
	for i := range 400 {
		if i%3 == 0 {
			w.both(t, `kms:TagResource {"KeyId":"`+key+`","Tags":[{"TagKey":"a","TagValue":"`+fmt.Sprint(w.r.IntN(2))+`"}]}`)
			history = append(history, moment{from: w.eventual.kms.Pending(key, w.eventual.now)[0].VisibleAt, decision: ask(w.immediate)})
		}
		w.advance(time.Duration(w.r.IntN(20_000)) * time.Millisecond)
		want := len(history) - 1
		for history[want].from.After(w.eventual.now) {
			want--
		}
		if got := ask(w.eventual); got != history[want].decision {
			t.Fatalf("at %v %q, want %q of change %d", w.eventual.now, got, history[want].decision, want)
		}
		if history[want].decision != ask(w.immediate) {
			old++
		}
		if n := len(w.eventual.kms.keys[key].past.tags); n > len(history)-want {
			t.Fatalf("%d versions are kept, of which %d can be seen", n, len(history)-want)
		}
	}
	if old < 50 {
		t.Errorf("only %d decisions rested on old tags", old)
	}
}

// TestEventualClone holds that a clone goes its own way, with what is not seen yet.
func TestEventualClone(t *testing.T) {
	w := newTwins(t, 7)
	for range 20 {
		before := pictureEventual(t, w)
		other := *w.eventual
		other.kms = other.kms.Clone()
		immediate := *w.immediate
		immediate.kms = immediate.kms.Clone()
		copied := &twins{&immediate, &other, w.r, w.keys}
		for range 5 {
			copied.change(t)
			copied.advance(10 * time.Second)
		}
		copied.advance(maxDelay)
		if after := pictureEventual(t, w); after != before {
			t.Fatalf("a change in a clone shows in the original:\n%s\n%s", before, after)
		}
		w.change(t)
	}
}

func pictureEventual(t *testing.T, w *twins) string {
	t.Helper()
	all := strings.Join(w.eventual.decisions(t, w.keys), "\n") + encode(t, w.eventual.kms.ordinals)
	for _, key := range w.keys {
		all += encode(t, w.eventual.kms.Pending(key, w.eventual.now)) + encode(t, w.eventual.kms.Grants(key))
	}
	return all
}

// TestEventualReplay holds that the same calls give the same moments, and another seed others; ids, keys and grants are
// those of the immediate world.
func TestEventualReplay(t *testing.T) {
	run := func(seed string) string {
		w := newTwins(t, 3)
		w.eventual.kms.entropy, w.immediate.kms.entropy = hsm.Seeded(seed), hsm.Seeded(seed)
		for range 30 {
			w.change(t)
		}
		all := ""
		for _, key := range w.keys {
			for _, c := range w.eventual.kms.Pending(key, w.eventual.now) {
				all += c.Kind + " " + c.VisibleAt.String() + "\n"
			}
		}
		return all
	}
	if a, b := run("x"), run("x"); a != b || a == run("y") || a == "" {
		t.Errorf("moments\n%s\n%s", a, b)
	}
}
