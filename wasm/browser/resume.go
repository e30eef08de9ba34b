package browser

import "kmsplayground/engine/scenario"

// history is what another engine needs besides the document to go on with the session.
func (d *Door) history() HistoryView {
	h := d.session.History()
	return HistoryView{Opened: h.Opened, Marks: h.Marks, Undone: h.Undone, Branches: h.Branches, Drafts: append([]Draft{}, d.drafts...)}
}

// resume replaces the session by one that went on elsewhere.
func (d *Door) resume(r Request) Reply {
	if r.History == nil {
		return failure("a Resume request carries a History")
	}
	h := scenario.History{Opened: r.History.Opened, Marks: r.History.Marks, Undone: r.History.Undone, Branches: r.History.Branches}
	d.session, d.drafts = scenario.Resume(r.Document, h, d.engine.Options), r.History.Drafts
	return d.changed(Reply{})
}
