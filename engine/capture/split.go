package capture

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"
)

// piece is a JSON value or a stretch of other text in an input.
type piece struct {
	input        int
	line, column int
	text         string
	isJSON       bool
	problem      string   // why it cannot be read
	command      *command // that printed it; nil when it was not pasted with it
	folder       string   // of the input's file
}

// deepest is how far brackets may be nested; no output comes near, and parsers recurse.
const deepest = 100

// split takes an input apart: JSON values begin with a bracket where a line or a word begins, commands are what is typed
// to the AWS CLI, everything else is text.
func split(text string) []piece {
	s := splitter{text: text}
	for s.at < len(text) {
		rest := strings.TrimLeft(text[s.at:], " \t\r\n,\ufeff")
		s.at = len(text) - len(rest)
		switch {
		case rest == "":
		case beginsJSON(rest) && !s.inYAML():
			s.json(rest)
		default:
			s.line(rest)
		}
	}
	s.endText()
	return s.pieces
}

type splitter struct {
	text     string
	at       int
	pieces   []piece
	command  *command
	from, to int // of text that was not handed out yet

	counted, lines int // how far lines were counted
}

// inYAML reports whether this is an indented line of YAML, which may hold a policy.
func (s *splitter) inYAML() bool {
	if s.from == s.to || s.at == 0 || s.text[s.at-1] == '\n' {
		return false
	}
	form, _ := yamlOf(s.text[s.from:s.to])
	return form != ""
}

// json takes the value that rest begins with.
func (s *splitter) json(rest string) {
	s.endText()
	p, length := value(rest)
	p.command = s.command
	s.place(&p, s.at)
	s.pieces = append(s.pieces, p)
	s.at += length
	if after, ok := strings.CutPrefix(s.text[s.at:], "\tdefault"); ok { // the PolicyName of get-key-policy --output text
		s.at = len(s.text) - len(after)
	}
}

// line takes one line of text, or what stands in it before a JSON value.
func (s *splitter) line(rest string) {
	line, _, _ := strings.Cut(rest, "\n")
	if c := commandIn(line); c != nil {
		s.endText()
		s.at += len(line)
		for whole := strings.TrimSpace(line); goesOn(line) && s.at < len(s.text); {
			line, _, _ = strings.Cut(s.text[s.at+1:], "\n")
			s.at += 1 + len(line)
			whole = strings.TrimRight(whole, "\\`^ \t\r") + " " + strings.TrimLeft(strings.TrimSpace(line), "> ")
			if longer := commandIn(whole); longer != nil {
				c = longer
			}
		}
		s.command = c
		return
	}
	if isPrompt(line) {
		s.endText()
		s.at += len(line)
		return
	}
	if i := strings.Index(line, `{"`); i > 0 && endsWord(line[:i]) && !strings.Contains(line[:i], notAuthorized) && balanced(line[i:]) {
		s.endText() // a line of a log: what stands before the value is its date
		s.at += i
		return
	}
	if s.from == s.to {
		s.from = s.at
	}
	s.at += len(line)
	s.to = s.at
	if isBlank(s.text[s.at:]) {
		s.endText()
	}
}

// endsWord reports whether a JSON value may follow, as in a line of a log.
func endsWord(before string) bool { return strings.ContainsAny(before[len(before)-1:], " \t:=") }

// balanced reports whether the JSON that a line goes on with ends in it.
func balanced(text string) bool {
	p, _ := value(text)
	return p.problem == ""
}

// isBlank reports whether the line after the end of this one is blank.
func isBlank(rest string) bool {
	_, next, more := strings.Cut(rest, "\n")
	line, _, _ := strings.Cut(next, "\n")
	return more && strings.TrimSpace(line) == ""
}

// endText hands out the text so far.
func (s *splitter) endText() {
	if s.from < s.to {
		p := piece{text: s.text[s.from:s.to], command: s.command}
		s.place(&p, s.from)
		s.pieces = append(s.pieces, p)
	}
	s.from, s.to = 0, 0
}

// beginsJSON tells values from prompts and dates in brackets. An object that begins with something else than a name is
// meant to be one, and is told as wrong.
func beginsJSON(text string) bool {
	if text[0] == '{' {
		return true
	}
	next := strings.TrimLeft(text[1:], " \t\r\n")
	return text[0] == '[' && (next == "" || strings.ContainsAny(next[:1], `{["]`))
}

// value reads the JSON value that text begins with, and how long it is.
func value(text string) (piece, int) {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > deepest {
				return piece{problem: "the JSON is nested too deep"}, resume(text)
			}
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return checked(text[:i+1]), i + 1
			}
		}
	}
	end := resume(text)
	if p := checked(text[:end]); strings.HasPrefix(p.problem, "this is how") {
		return p, end
	}
	return piece{problem: "the JSON that begins here does not end; was it cut off?"}, end
}

// resume is where reading goes on after a value that was cut off: at the next command, or at a bracket in the first
// column, which none but the outermost stands in.
func resume(text string) int {
	at := 0
	for line := range strings.Lines(text) {
		if at > 0 && (line[0] == '{' || commandIn(line) != nil) {
			return at
		}
		at += len(line)
	}
	return at
}

func checked(text string) piece {
	p := piece{text: text, isJSON: true}
	var v any
	var syntax *json.SyntaxError
	if err := json.Unmarshal([]byte(text), &v); errors.As(err, &syntax) {
		p.problem = "this is not JSON: " + syntax.Error()
		p.text = text[:max(int(syntax.Offset)-1, 0)] // the place is at its end
		switch inner := strings.TrimLeft(text[len(p.text):], " \t\r\n"); {
		case strings.HasPrefix(inner, "'"):
			p.problem = "this is how Python prints a dict, and not JSON; print json.dumps(response, default=str) instead"
		case strings.HasPrefix(inner, "“"), strings.HasPrefix(inner, "”"):
			p.problem = "these are typographic quotation marks; JSON has straight ones: \""
		}
	}
	return p
}

// place says where a piece begins, or, when it is not JSON, where that shows. Pieces come in order.
func (s *splitter) place(p *piece, at int) {
	s.lines += strings.Count(s.text[s.counted:at], "\n")
	s.counted = at
	p.line = s.lines + 1
	before := s.text[:at]
	if p.problem != "" {
		before = s.text[:at+len(p.text)]
		p.line += strings.Count(p.text, "\n")
	}
	p.column = utf8.RuneCountInString(strings.TrimPrefix(before[strings.LastIndexByte(before, '\n')+1:], "\ufeff")) + 1
}
