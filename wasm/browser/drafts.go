package browser

// Draft is an edit of a policy. One that AWS refused goes on being shown in the editor, and what is in force stays in
// force.
type Draft struct {
	Policy  string // PolicyView.ID
	Text    string
	Refused bool
	Length  int // bytes of the document with it
}

// drafts are the edits of policies in order, so that one that is undone leaves the texts of the others alone.
type drafts []Draft

// tried adds an edit.
func (d drafts) tried(draft Draft) drafts { return append(d.within(draft.Length-1), draft) }

// within are the edits that are still part of a document of a length.
func (d drafts) within(length int) drafts {
	kept := drafts{}
	for _, draft := range d {
		if draft.Length <= length {
			kept = append(kept, draft)
		}
	}
	return kept
}

// of is the text of a policy that was refused last. There is none when one was accepted since.
func (d drafts) of(policy string) (text string, refused bool) {
	for i := len(d) - 1; i >= 0; i-- {
		if d[i].Policy == policy {
			return d[i].Text, d[i].Refused
		}
	}
	return "", false
}
