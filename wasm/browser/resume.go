package browser

import (
	"maps"
	"slices"

	"kmsplayground/engine/scenario"
)

// history is what another engine needs besides the document to go on with the session.
func (d *Door) history() HistoryView {
	h := d.session.History()
	v := HistoryView{Opened: h.Opened, Marks: h.Marks, Drafts: []TagView{}}
	for _, id := range slices.Sorted(maps.Keys(d.drafts)) {
		v.Drafts = append(v.Drafts, TagView{Key: id, Value: d.drafts[id]})
	}
	return v
}

// resume replaces the session by one that went on elsewhere.
func (d *Door) resume(r Request) Reply {
	if r.History == nil {
		return failure("a Resume request carries a History")
	}
	d.session, d.drafts = scenario.Resume(r.Document, scenario.History{Opened: r.History.Opened, Marks: r.History.Marks}, d.engine.Options), map[string]string{}
	for _, draft := range r.History.Drafts {
		d.drafts[draft.Key] = draft.Value
	}
	return d.changed(Reply{})
}
