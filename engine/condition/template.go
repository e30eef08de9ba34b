package condition

import (
	"strings"

	"kmsplayground/engine/arn"
)

// Template is text of a policy in which "*" and "?" are wildcards and, from Version 2012-10-17 on, ${…} is a policy
// variable: ${aws:username}, ${aws:PrincipalTag/team, 'default'}, or one of ${*}, ${?}, ${$} for the character itself.
// What a variable brings in is literal. The zero Template matches the empty text only.
type Template struct {
	text    string
	pieces  []piece     // empty when there is no variable
	pattern arn.Pattern // when there is no variable
	keys    bool        // some piece needs the request context
}

// piece is a part of a template: text, or a variable when key is set.
type piece struct {
	arn.Part
	key        string // as typed
	lower      string
	fallback   string
	hasDefault bool
}

// NewTemplate compiles text. Without variables, "${" is text like any other.
func NewTemplate(text string, variables bool) Template {
	t := Template{text: text}
	if variables && strings.Contains(text, "${") {
		t.pieces = parsePieces(text)
	}
	for _, p := range t.pieces {
		t.keys = t.keys || p.key != ""
	}
	if !t.keys {
		t.pattern = arn.CompileParts(t.literalParts()...)
	}
	return t
}

// literalParts is the template of a text that needs no request context.
func (t *Template) literalParts() []arn.Part {
	if len(t.pieces) == 0 {
		return []arn.Part{{Text: t.text}}
	}
	parts := make([]arn.Part, len(t.pieces))
	for i, p := range t.pieces {
		parts[i] = p.Part
	}
	return parts
}

// parsePieces takes the variables out of text. What does not read as a variable stays text; the check of the policy
// remarks on it.
func parsePieces(text string) []piece {
	var pieces []piece
	plain := 0
	for i := 0; ; {
		start := strings.Index(text[i:], "${")
		if start < 0 {
			break
		}
		start += i
		p, length, ok := parseVariable(text[start:])
		if i = start + max(length, 2); !ok {
			continue
		}
		if plain < start {
			pieces = append(pieces, piece{Part: arn.Part{Text: text[plain:start]}})
		}
		pieces = append(pieces, p)
		plain = i
	}
	if plain < len(text) {
		pieces = append(pieces, piece{Part: arn.Part{Text: text[plain:]}})
	}
	return pieces
}

// parseVariable reads "${…}" at the start of s and gives its length; the length is 0 when the brace is never closed.
func parseVariable(s string) (p piece, length int, ok bool) {
	quoted := false
	for i := len("${"); i < len(s); i++ {
		switch {
		case s[i] == '\'':
			quoted = !quoted
		case s[i] == '}' && !quoted:
			p, ok = parseVariableBody(s[len("${"):i])
			return p, i + 1, ok
		}
	}
	return piece{}, 0, false
}

func parseVariableBody(body string) (piece, bool) {
	body = strings.TrimSpace(body)
	if body == "*" || body == "?" || body == "$" {
		return piece{Part: arn.Part{Text: body, Literal: true}}, true
	}
	key, fallback, hasDefault := strings.Cut(body, ",")
	p := piece{key: strings.TrimSpace(key), hasDefault: hasDefault}
	if p.key == "" || strings.ContainsAny(p.key, "${}'\"*?\x00\n\r\t") {
		return piece{}, false
	}
	p.lower = strings.ToLower(p.key)
	if hasDefault {
		fallback = strings.TrimSpace(fallback)
		n := len(fallback)
		if n < 2 || fallback[0] != '\'' || fallback[n-1] != '\'' || strings.Contains(fallback[1:n-1], "'") {
			return piece{}, false
		}
		p.fallback = fallback[1 : n-1]
	}
	return p, true
}

// BadVariables returns the ${…} of text that do not read as policy variables, and an unclosed "${", as typed.
func BadVariables(text string) []string {
	var bad []string
	for {
		start := strings.Index(text, "${")
		if start < 0 {
			return bad
		}
		text = text[start:]
		_, length, ok := parseVariable(text)
		switch {
		case length == 0:
			return append(bad, text)
		case !ok:
			bad = append(bad, text[:length])
		}
		text = text[length:]
	}
}

// Text returns the template as typed.
func (t Template) Text() string { return t.text }

// Variables returns the condition keys that the template's policy variables name, as typed, in order.
func (t Template) Variables() []string {
	var keys []string
	for _, p := range t.pieces {
		if p.key != "" {
			keys = append(keys, p.key)
		}
	}
	return keys
}

// Varies reports whether what the template matches depends on the request context.
func (t Template) Varies() bool { return t.keys }

// reads reports whether ctx carries a key that a variable of the template names.
func (t *Template) reads(ctx *Context) bool {
	for i := range t.pieces {
		if key := t.pieces[i].lower; key != "" && ctx.carries(key) {
			return true
		}
	}
	return false
}

// HasWildcard reports whether the template itself, variables aside, has a "*" or "?" that is a wildcard.
func (t Template) HasWildcard() bool {
	if !t.keys {
		return t.pattern.HasWildcard()
	}
	for _, p := range t.pieces {
		if p.key == "" && !p.Literal && strings.ContainsAny(p.Text, "*?") {
			return true
		}
	}
	return false
}

// parts is the template with its variables replaced. A list key cannot stand in a variable, not even with a default;
// a missing key without default leaves the whole template unresolved.
func (t *Template) expand(ctx *Context, scope Scope) ([]arn.Part, bool) {
	if !t.keys {
		return t.literalParts(), true
	}
	parts := make([]arn.Part, len(t.pieces))
	for i, p := range t.pieces {
		if p.key == "" {
			parts[i] = p.Part
			continue
		}
		v, present := ctx.Lookup(p.lower, scope)
		switch {
		case present && (v.Multi || len(v.Values) != 1):
			return nil, false
		case present:
			parts[i] = arn.Part{Text: v.Values[0], Literal: true}
		case p.hasDefault:
			parts[i] = arn.Part{Text: p.fallback, Literal: true}
		default:
			return nil, false
		}
	}
	return parts, true
}

// Match reports whether s fits the template. A template that cannot be resolved fits nothing.
func (t Template) Match(s string, ctx *Context, scope Scope) bool {
	if !t.keys {
		return t.pattern.Match(s)
	}
	parts, resolved := t.expand(ctx, scope)
	if !resolved {
		return false
	}
	p := arn.CompileParts(parts...)
	return p.Match(s)
}

// Expand replaces the variables. Text that cannot be resolved is returned as typed.
func (t Template) Expand(ctx *Context, scope Scope) (text string, resolved bool) {
	if len(t.pieces) == 0 {
		return t.text, true
	}
	parts, resolved := t.expand(ctx, scope)
	if !resolved {
		return t.text, false
	}
	return join(parts), true
}

func join(parts []arn.Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}
