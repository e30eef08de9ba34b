package scenario

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"kmsplayground/engine"
)

// attribute is one name="value" of a fence.
type attribute struct {
	name, value string
	start, end  int // within the info string
	problem     string
}

// attributes reads the info string of a fence: a language, then name="value" pairs. Words that are no pair are other
// tools' business.
func attributes(info string) (lang string, found []attribute) {
	at := 0
	for at < len(info) {
		if info[at] == ' ' || info[at] == '\t' {
			at++
			continue
		}
		a, ok := readAttribute(info, at)
		switch {
		case ok:
			found = append(found, a)
		case at == 0:
			lang = info[:a.end]
		}
		at = a.end
	}
	return lang, found
}

func readAttribute(info string, start int) (attribute, bool) {
	end := start
	for end < len(info) && isNameByte(info[end]) {
		end++
	}
	a := attribute{name: info[start:end], start: start}
	if end == start || end == len(info) || info[end] != '=' {
		a.end = end + nextSpace(info[end:])
		return a, false
	}
	end++
	if end == len(info) || info[end] != '"' {
		a.end = end + nextSpace(info[end:])
		a.value = strings.Trim(info[end:a.end], "'")
		a.problem = fmt.Sprintf("write %s=\"%s\": values stand in double quotes", a.name, a.value)
		return a, true
	}
	a.end = end + quotedLength(info[end:])
	if err := json.Unmarshal([]byte(info[end:a.end]), &a.value); err != nil {
		a.value = strings.Trim(info[end:a.end], `"`)
		a.problem = fmt.Sprintf("the value of %s is no string in double quotes", a.name)
	}
	return a, true
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

func nextSpace(text string) int {
	if i := strings.IndexAny(text, " \t"); i >= 0 {
		return i
	}
	return len(text)
}

// quotedLength is the length of the string that text begins with, all of it when the string does not end.
func quotedLength(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

// writeAttribute writes a pair as attributes reads it. A backtick may not stand in the line that opens a fence.
func writeAttribute(name, value string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic("scenario: " + err.Error()) // a string always encodes
	}
	return " " + name + "=" + strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "`", `\u0060`)
}

// set takes over one attribute of a step and says what is wrong with it.
func (a *Attributes) set(name, value string) (known bool, problem string) {
	switch name {
	case "as":
		a.As = value
	case "expect":
		a.Expect = value
	case "service":
		a.Service = value
	case "source-ip":
		a.SourceIP = value
	case "source-arn":
		a.SourceArn = value
	case "vpce":
		a.VPCE = value
	case "region":
		a.Region = value
	case "wait":
		d, err := time.ParseDuration(value)
		if err != nil || d < 0 {
			return true, fmt.Sprintf("wait is a duration like \"6m\" or \"1h30m\", not %q", value)
		}
		a.Wait = d
	case "quota":
		if _, problem := engine.ParseQuota(value); problem != "" {
			return true, problem
		}
		a.Quota = value
	default:
		return false, ""
	}
	return true, ""
}

// info writes the attributes behind a language.
func (a Attributes) info(lang string) string {
	text := lang
	for _, pair := range []struct{ name, value string }{
		{"as", a.As}, {"expect", a.Expect}, {"service", a.Service}, {"source-ip", a.SourceIP}, {"vpce", a.VPCE}, {"source-arn", a.SourceArn}, {"region", a.Region},
	} {
		if pair.value != "" {
			text += writeAttribute(pair.name, pair.value)
		}
	}
	if a.Wait > 0 {
		text += writeAttribute("wait", a.Wait.String())
	}
	if a.Quota != "" {
		text += writeAttribute("quota", a.Quota)
	}
	return text
}
