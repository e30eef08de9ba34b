package advise

import (
	"kmsplayground/engine"
	"kmsplayground/engine/iam"
)

// reach is what everybody may do with the keys of a world: what a suggestion opens is measured on it. Every question
// is asked with the encryption context of the request, and without one.
type reach struct {
	keys      []string
	people    []Person
	questions []Question
	before    []Matrix
	own       Change // the request itself
}

// mostAsked bounds how many keys times principals are measured, the key of the request first: it takes about a
// twentieth of a second in the browser.
const mostAsked = 120

func newReach(s *search) reach {
	d := s.first
	r := reach{people: People(s.world), own: Change{Key: d.x.Resource, Principal: d.x.Principal, Operation: d.operation, Allowed: true}}
	if key := d.key(s.world); key != "" {
		r.keys = append(r.keys, key)
	}
	for _, key := range s.world.KMS().Keys() {
		if key.ARN != d.x.Resource && (len(r.keys)+1)*len(r.people) <= mostAsked {
			r.keys = append(r.keys, key.ARN)
		}
	}
	contexts := []map[string]string{nil}
	if context := d.encryptionContext(); len(context) > 0 {
		contexts = []map[string]string{context, nil}
	}
	for _, key := range r.keys {
		for _, context := range contexts {
			r.questions = append(r.questions, Question{Key: key, EncryptionContext: context, Environment: d.call.Environment})
		}
	}
	r.before = r.ask(s.world)
	return r
}

// ask asks all questions in a world, of those who were there at first.
func (r reach) ask(w *engine.World) []Matrix {
	list := make([]*iam.Principal, 0, len(r.people))
	for _, p := range r.people {
		if found, err := w.IAM().Principal(p.Ref, w.Options().Account); err == nil {
			list = append(list, found)
		}
	}
	matrices := make([]Matrix, len(r.questions))
	for i, q := range r.questions {
		matrices[i] = MatrixOf(w, q, list)
	}
	return matrices
}

// compare says what is newly allowed in a world, beside the request, and what newly denied.
func (r reach) compare(w *engine.World) (opens, closes []Change) {
	opens, closes = []Change{}, []Change{}
	plain := len(r.questions) == len(r.keys)
	for i, after := range r.ask(w) {
		for _, c := range Diff(r.before[i], after) {
			c.Without = !plain && len(r.questions[i].EncryptionContext) == 0
			switch {
			case !c.Allowed:
				closes = append(closes, c)
			case c != r.own:
				opens = append(opens, c)
			}
		}
	}
	return opens, closes
}
