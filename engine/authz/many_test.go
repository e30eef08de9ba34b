package authz

import (
	"math/rand/v2"
	"testing"

	"kmsplayground/engine/condition"
)

// manyRound is questions about three keys, or about none, and about the retirement of their grants.
type manyRound struct {
	requests []*Request // one a scene
	scenes   []Scene
	views    []int // index into requests, beside scenes
	questions
}

type questions = []Question

var manyActions = []string{"Encrypt", "Decrypt", "DescribeKey", "CreateGrant", "DisableKey", "ReEncryptTo", "GenerateDataKey", "PutKeyPolicy"}

func (w randomWorld) manyRound(t testing.TB) manyRound {
	m := manyRound{}
	for i := range 3 {
		q := w.request(t)
		m.requests = append(m.requests, q)
		m.scenes, m.views = append(m.scenes, Scene{q.Resource, q.Owner, q.KeyPolicy, q.Bound}), append(m.views, i)
		for range 12 + w.IntN(14) {
			m.questions = append(m.questions, w.question(q, len(m.scenes)-1))
		}
		if len(q.Grants) == 0 || q.KeyPolicy == nil {
			continue
		}
		m.scenes, m.views = append(m.scenes, Scene{Resource: q.Resource, Owner: q.Owner}), append(m.views, i)
		m.questions = append(m.questions, Question{Scene: len(m.scenes) - 1, Action: "kms:RetireGrant", Retire: q.Grants[0], ByToken: w.IntN(2) == 0})
	}
	w.Shuffle(len(m.questions), func(i, j int) { m.questions[i], m.questions[j] = m.questions[j], m.questions[i] })
	return m
}

func (w randomWorld) question(r *Request, scene int) Question {
	action := w.pick(manyActions...)
	q := Question{Scene: scene, Action: "kms:" + action, CrossAccount: w.IntN(4) > 0, EncryptionContext: r.EncryptionContext, GrantTokens: r.GrantTokens}
	if r.KeyPolicy != nil && w.IntN(8) > 0 {
		q.Operation = action
	}
	if action == "CreateGrant" {
		q.Child = r.Child
	}
	if w.IntN(2) == 0 {
		q.Own = &condition.Context{}
		w.fill(q.Own)
	}
	return q
}

// decide answers a question as Decide and DecideRetire do.
func (m *manyRound) decide(q Question, caller *Request) Decision {
	r := *m.requests[m.views[q.Scene]]
	r.Principal, r.Action, r.Operation, r.CrossAccount, r.Child = caller.Principal, q.Action, q.Operation, q.CrossAccount, q.Child
	merged := &condition.Context{}
	for _, v := range r.Context.Values() {
		merged.Set(v)
	}
	if q.Own != nil {
		for _, v := range q.Own.Values() {
			merged.Set(v)
		}
	}
	r.Context = merged
	if q.Retire != nil {
		return DecideRetire(&RetireRequest{
			Principal: r.Principal, Grant: q.Retire, KeyARN: r.Resource, Owner: r.Owner, Context: merged, Now: r.Now, ByToken: q.ByToken, Guards: r.Guards,
		}).Decision
	}
	return Decide(&r).Decision
}

// TestMany holds the answers to many questions at once against the explained ones: three callers, one after the other, are
// asked up to 78 questions about three keys.
func TestMany(t *testing.T) {
	const rounds, seed = 1500, 20260103
	w := randomWorld{rand.New(rand.NewPCG(seed, 0))}
	seen := map[Decision]int{}
	for round := range rounds {
		m := w.manyRound(t)
		many := NewMany(m.scenes, m.questions)
		for _, caller := range m.requests {
			answers := make([]Decision, len(m.questions))
			many.Answers(answers, Asked{
				Principal: caller.Principal, Now: caller.Now,
				Context: func(scene int) *condition.Context { return m.requests[m.views[scene]].Context },
				Guards:  func(scene int) Guards { return m.requests[m.views[scene]].Guards },
				Grants:  func(scene int) []*Grant { return m.requests[m.views[scene]].Grants },
			})
			for i, q := range m.questions {
				want := m.decide(q, caller)
				seen[want]++
				if answers[i] != want {
					t.Fatalf("round %d of seed %d, question %d %+v: Decide says %q, Many %q\n%s", round, seed, i, q, want, answers[i], describe(m.requests[m.views[q.Scene]]))
				}
			}
		}
	}
	for _, d := range []Decision{Allow, ImplicitDeny, ExplicitDeny} {
		if seen[d] < rounds {
			t.Errorf("only %d answers were %q", seen[d], d)
		}
	}
	t.Log(seen)
}
