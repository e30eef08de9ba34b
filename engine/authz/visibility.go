package authz

import (
	"slices"
	"strings"
	"time"
)

// Changes reach authorization after a while where a world is eventually consistent. Whoever asks says what is seen at
// the moment of the question; of grants it says from when to when they count, and the rest is decided here.

// Pending is a change that authorization does not see yet: the decision rests on how things were before.
type Pending struct {
	What string // one sentence without its stop
	At   string // RFC 3339: when it is seen
}

// unseen reports whether a grant is not visible yet. A grant token names a grant that nobody else knows of.
func (g *Grant) unseen(now time.Time, byToken bool) bool { return !byToken && now.Before(g.VisibleAt) }

// ended reports whether the end of a grant is seen. No token brings it back.
func (g *Grant) ended(now time.Time) bool { return !g.EndsAt.IsZero() && !now.Before(g.EndsAt) }

// timeProblem is why a grant does not count at the moment of the request, or "".
func (e *evaluation) timeProblem(g *Grant) string {
	switch {
	case g.ended(e.Now):
		return "it has ended"
	case g.unseen(e.Now, e.byToken(g)):
		return "not visible yet, will be at " + Moment(g.VisibleAt, e.Now)
	}
	return ""
}

func (e *evaluation) byToken(g *Grant) bool { return slices.Contains(e.GrantTokens, g.ID) }

// timeNote says what will change about a grant that counts now.
func (e *evaluation) timeNote(g *Grant) string {
	switch {
	case !g.EndsAt.IsZero():
		return "; it was revoked or retired, but still works until " + Moment(g.EndsAt, e.Now)
	case e.Now.Before(g.VisibleAt):
		return "; it will be visible at " + Moment(g.VisibleAt, e.Now) + ", until then its grant token stands for it"
	}
	return ""
}

// awaited is the grant that would allow the call were it visible, nil for none.
func (e *evaluation) awaited() *Grant {
	for _, g := range e.Grants {
		if e.termsProblem(g) == "" && g.unseen(e.Now, e.byToken(g)) && !g.ended(g.VisibleAt) {
			return g
		}
	}
	return nil
}

// noGrant says that no grant helps, of what grants can be for.
func (e *evaluation) noGrant() string {
	if near := e.nearGrant(); near != "" || !strings.HasPrefix(e.Action, "kms:") {
		return near
	}
	return ", and no grant helps"
}

// nearGrant says why the grant that comes nearest to allowing the call does not, "" when none comes near.
func (e *evaluation) nearGrant() string {
	g := e.nearest()
	switch {
	case g == nil:
		return ""
	case g == e.awaited():
		return ", and the grant that allows it is not visible before " + Moment(g.VisibleAt, e.Now)
	}
	return ", and grant " + g.label() + " does not help: " + e.grantProblem(g)
}

// nearest is the grant that has the operation and comes nearest to allowing it: one that is only not visible yet, else
// one whose constraints do not hold. Nil for none, and for one that allows the call and still does not suffice.
func (e *evaluation) nearest() *Grant {
	if g := e.awaited(); g != nil {
		return g
	}
	var near *Grant
	for _, g := range e.Grants {
		switch {
		case !slices.Contains(g.Operations, e.Operation):
		case e.grantProblem(g) == "":
			return nil
		case near == nil:
			near = g
		}
	}
	return near
}

// label is the name of a grant, else the beginning of its id.
func (g *Grant) label() string {
	if g.Name != "" {
		return g.Name
	}
	return g.ID[:min(len(g.ID), 8)]
}

// timed fills in what a grant's result says about time.
func (r *GrantResult) timed(g *Grant, now time.Time) {
	if now.Before(g.VisibleAt) {
		r.VisibleAt = Stamp(g.VisibleAt)
	}
	if !g.EndsAt.IsZero() {
		r.EndsAt = Stamp(g.EndsAt)
	}
}

// Stamp prints a time as RFC 3339, with its milliseconds when there are any.
func Stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999Z07:00") }

// Moment prints a time of day, with its date when that is not the date of now.
func Moment(t, now time.Time) string {
	t, now = t.UTC(), now.UTC()
	if t.YearDay() != now.YearDay() || t.Year() != now.Year() {
		return t.Format("2006-01-02 15:04:05.999")
	}
	return t.Format("15:04:05.999")
}
