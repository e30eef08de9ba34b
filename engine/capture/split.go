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
	problem      string // why it cannot be read
}

// deepest is how far brackets may be nested; no output comes near, and parsers recurse.
const deepest = 100

// split takes an input apart: JSON values begin with a bracket at the start of a line, everything else is text.
func split(text string) []piece {
	var pieces []piece
	for at := 0; at < len(text); {
		rest := strings.TrimLeft(text[at:], " \t\r\n,\ufeff")
		at = len(text) - len(rest)
		switch {
		case rest == "":
			return pieces
		case rest[0] == '{' || rest[0] == '[':
			p, length := value(rest)
			p.place(text, at)
			pieces = append(pieces, p)
			at += length
		default:
			end := textEnd(rest)
			p := piece{text: strings.TrimSpace(rest[:end])}
			p.place(text, at)
			pieces = append(pieces, p)
			at += end
		}
	}
	return pieces
}

// textEnd is where a line begins with a bracket, or the end.
func textEnd(text string) int {
	end := 0
	for line := range strings.Lines(text) {
		if start := strings.TrimLeft(line, " \t"); end > 0 && start != "" && (start[0] == '{' || start[0] == '[') {
			break
		}
		end += len(line)
	}
	return end
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
				return piece{problem: "the JSON is nested too deep"}, len(text)
			}
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return checked(text[:i+1]), i + 1
			}
		}
	}
	return piece{problem: "the JSON that begins here does not end; was it cut off?"}, len(text)
}

func checked(text string) piece {
	p := piece{text: text, isJSON: true}
	var v any
	var syntax *json.SyntaxError
	if err := json.Unmarshal([]byte(text), &v); errors.As(err, &syntax) {
		p.problem = "this is not JSON: " + syntax.Error()
		p.text = text[:max(int(syntax.Offset)-1, 0)] // the place is at its end
	}
	return p
}

// place says where a piece begins, or, when it is not JSON, where that shows.
func (p *piece) place(text string, at int) {
	if p.problem != "" {
		at += len(p.text)
	}
	before := text[:at]
	p.line = strings.Count(before, "\n") + 1
	p.column = utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
}
