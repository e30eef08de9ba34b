package policy

import (
	"strings"

	"kmsplayground/engine/source"
)

// version remarks on the old version of the policy language. Where the text has policy variables, Parse has done so.
func (c *checker) version() {
	v := c.doc.Version
	if v.Text == Version20121017 || v.Text != "" && v.Text != version20081017 || v.Text == "" && v.Span.IsValid() || strings.Contains(c.text(), "${") {
		return
	}
	at := v.Span
	if !at.IsValid() {
		at = c.brace()
	}
	c.report(at, source.Info, "old-version",
		"this is version 2008-10-17 of the policy language, in which policy variables are plain text; write \"Version\": %q", Version20121017)
	c.fixVersion()
}

// brace is where the document opens.
func (c *checker) brace() source.Span {
	start := strings.IndexByte(c.text(), '{')
	return source.Span{Start: start, End: start + 1}
}

func (c *checker) fixVersion() {
	if v := c.doc.Version.Span; v.IsValid() {
		c.fix("Write "+Version20121017, replaceString(v, Version20121017))
		return
	}
	c.fix("Add the version", insert(c.brace().End, `"Version": "`+Version20121017+`", `))
}
