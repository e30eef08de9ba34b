package kms

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// attempt is a value of a parameter. Broken is what AWS says of it, with {at} in place of the parameter's path; wrong is
// the text for JSON of another type. A value without either gets past validation.
type attempt struct {
	json   string
	broken []string
	wrong  string
}

// attempts are values of a shape at all of its limits.
func (l *limits) attempts(name string) []attempt {
	s, all := l.shapes[name], []attempt{}
	switch s.kind {
	case "string":
		all = s.texts()
	case "blob":
		for _, n := range s.sizes() {
			shown := fmt.Sprintf("java.nio.HeapByteBuffer[pos=0 lim=%d cap=%d]", n, n)
			all = append(all, attempt{json: blobOf(n), broken: s.say(shown, s.outside(n, "length")...)})
		}
	case "integer":
		for _, n := range s.sizes() {
			all = append(all, attempt{json: strconv.Itoa(n), broken: s.say(strconv.Itoa(n), s.outside(n, "value")...)})
		}
	case "boolean":
		all = append(all, attempt{json: "true"}, attempt{json: "false"})
	case "timestamp":
		all = append(all, attempt{json: "1767258000"}, attempt{json: "1767258000.25"})
	case "map":
		all = append(all, attempt{json: "{}"}, attempt{json: `{"a":"b"}`}, attempt{json: `{"a":1}`, wrong: "NUMBER_VALUE can not be converted to a String"})
	case "list":
		all = l.lists(s)
	case "structure":
		for _, p := range s.fields {
			all = append(all, l.parameterAttempts(s.fields, p, "{at}.")...)
		}
	}
	for _, w := range l.wrong[s.kind] {
		all = append(all, attempt{json: w.json, wrong: w.text})
	}
	return all
}

// texts: lengths count UTF-16 units, so that a character beyond the first 65,536 counts twice.
func (l *bounds) texts() (all []attempt) {
	of := func(text string, units int) {
		broken := l.outside(units, "length")
		if !l.fits(text) {
			broken = append(broken, "Member must satisfy regular expression pattern: "+l.pattern)
		}
		if len(l.enum) > 0 && !strings.Contains(","+strings.Join(l.enum, ",")+",", ","+text+",") {
			broken = append(broken, "Member must satisfy enum value set: ["+strings.Join(l.enum, ", ")+"]")
		}
		all = append(all, attempt{json: quote(text), broken: l.say(text, broken...)})
	}
	if len(l.enum) > 0 {
		for _, value := range append([]string{"X", "", strings.ToLower(l.enum[0]) + "x"}, l.enum...) {
			of(value, len(value))
		}
		return all
	}
	for _, n := range l.sizes() {
		of(l.text(n), n)
	}
	if l.max >= 2 {
		of(strings.Repeat("𝄞", l.max/2), l.max/2*2)
		of(strings.Repeat("𝄞", l.max/2+1), l.max/2*2+2)
	}
	if l.pattern != "" {
		of(strings.Repeat("€", max(l.min, 1)), max(l.min, 1))
	}
	return all
}

func (l *bounds) outside(size int, noun string) (broken []string) {
	if l.max >= 0 && size < l.min {
		broken = append(broken, fmt.Sprintf("Member must have %s greater than or equal to %d", noun, l.min))
	}
	if l.max >= 0 && size > l.max {
		broken = append(broken, fmt.Sprintf("Member must have %s less than or equal to %d", noun, l.max))
	}
	return broken
}

func (l *bounds) say(shown string, broken ...string) (all []string) {
	value := "Value '" + shown + "' "
	if l.sensitive {
		value = "Value "
	}
	for _, b := range broken {
		all = append(all, value+"at '{at}' failed to satisfy constraint: "+b)
	}
	return all
}

// lists: one that is too long, and one whose second member is each of the attempts at a member. Of plain values AWS shows
// the whole list and all that bounds a member.
func (l *limits) lists(s *bounds) (all []attempt) {
	member, good := l.shapes[s.member], l.good(s.member)
	if s.max >= 0 {
		for _, n := range s.sizes() {
			of := strings.TrimSuffix(strings.Repeat(good+",", n), ",")
			shown := strings.TrimSuffix(strings.Repeat(plain(good)+", ", n), ", ")
			all = append(all, attempt{json: "[" + of + "]", broken: s.say("["+shown+"]", s.outside(n, "length")...)})
		}
	}
	for _, a := range l.attempts(s.member) {
		of := attempt{json: "[" + good + "," + a.json + "]", wrong: a.wrong}
		switch {
		case member.kind == "structure":
			for _, b := range a.broken {
				of.broken = append(of.broken, strings.ReplaceAll(b, "{at}", "{at}.2.member"))
			}
		case len(a.broken) > 0:
			of.broken = s.say("["+plain(good)+", "+plain(a.json)+"]", "Member must satisfy constraint: ["+strings.Join(member.all(), ", ")+"]")
		}
		all = append(all, of)
	}
	return all
}

func (l *bounds) all() (all []string) {
	if l.max >= 0 {
		all = append(all, fmt.Sprintf("Member must have length less than or equal to %d", l.max),
			fmt.Sprintf("Member must have length greater than or equal to %d", l.min))
	}
	if len(l.enum) > 0 {
		all = append(all, "Member must satisfy enum value set: ["+strings.Join(l.enum, ", ")+"]")
	}
	return all
}

// parameterAttempts are objects in which one parameter is tried and what is needed beside it is good. Path goes
// before its name.
func (l *limits) parameterAttempts(all []param, p param, path string) (attempts []attempt) {
	at := path + strings.ToLower(p.name[:1]) + p.name[1:]
	for _, a := range l.attempts(p.shape) {
		of := attempt{json: l.object(all, p, quote(p.name)+":"+a.json), wrong: a.wrong}
		for _, b := range a.broken {
			of.broken = append(of.broken, strings.ReplaceAll(b, "{at}", at))
		}
		attempts = append(attempts, of)
	}
	var missing []string
	if p.needed {
		missing = []string{"Value null at '" + at + "' failed to satisfy constraint: Member must not be null"}
	}
	return append(attempts, attempt{json: l.object(all, p, ""), broken: missing}, attempt{json: l.object(all, p, quote(p.name)+":null"), broken: missing})
}

// object is a JSON object with what is required besides one param, and that one's member.
func (l *limits) object(all []param, p param, member string) string {
	members := []string{}
	for _, other := range all {
		switch {
		case other.name == p.name && member != "":
			members = append(members, member)
		case other.name != p.name && other.needed:
			members = append(members, quote(other.name)+":"+l.good(other.shape))
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}

// good is a value of a shape that breaks nothing.
func (l *limits) good(name string) string {
	switch s := l.shapes[name]; s.kind {
	case "list":
		return "[" + l.good(s.member) + "]"
	case "structure":
		return l.object(s.fields, param{}, "")
	default:
		if s.like != "…" {
			return quote(s.text(len(s.like)))
		}
		for _, a := range l.attempts(name) {
			if a.wrong == "" && len(a.broken) == 0 {
				return a.json
			}
		}
		return "null"
	}
}

func quote(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}

// plain is a text as Java prints it in a list.
func plain(quoted string) string { return gjson.Parse(quoted).Str }

func blobOf(n int) string { return quote(base64.StdEncoding.EncodeToString(make([]byte, n))) }

// wants is the whole answer to an attempt, "" for one that gets past validation.
func (a attempt) wants() string {
	switch {
	case a.wrong != "":
		return "SerializationException: " + a.wrong
	case len(a.broken) == 0:
		return ""
	case len(a.broken) == 1:
		return "ValidationException: 1 validation error detected: " + a.broken[0]
	}
	return fmt.Sprintf("ValidationException: %d validation errors detected: %s", len(a.broken), strings.Join(a.broken, "; "))
}

// try makes a call in a copy of a world and compares what validation says.
func (w *world) try(t *testing.T, operation string, a attempt) {
	t.Helper()
	copied := *w
	copied.kms = w.kms.Clone()
	caller, err := copied.iam.Principal("root", home)
	if err != nil {
		t.Fatal(err)
	}
	got, want := "", a.wants()
	if _, err := copied.kms.Do(copied.request(caller, operation, gjson.Parse(a.json))); err != nil {
		got = err.Error()
	}
	stopped := strings.HasPrefix(got, "SerializationException") || strings.Contains(got, " detected: Value")
	if want != got && (want != "" || stopped) {
		t.Errorf("%s %.300s:\n got %.600s\nwant %.600s", operation, a.json, got, want)
	}
}

// Every limit of every parameter of every operation is where AWS has it, and is answered in AWS's words; what keeps to
// the limits gets past validation.
func TestLimits(t *testing.T) {
	l, w, tried, refused := readLimits(t), newWorld(), 0, 0
	for _, name := range l.names {
		for _, p := range l.operations[name] {
			for _, a := range l.parameterAttempts(l.operations[name], p, "") {
				w.try(t, name, a)
				if tried++; a.wants() != "" {
					refused++
				}
			}
		}
	}
	t.Logf("%d calls of %d operations, %d refused", tried, len(l.names), refused)
	if len(l.names) != 56 || refused < 1800 || tried-refused < 950 {
		t.Errorf("%d operations, %d refused, %d accepted", len(l.names), refused, tried-refused)
	}
}

// optional are the parameters of a request that the model does not require.
func optional(all []param) (rest []param) {
	for _, p := range all {
		if !p.required {
			rest = append(rest, p)
		}
	}
	return rest
}

// What a request breaks is all said at once, in the order of the model.
func TestLimitsTogether(t *testing.T) {
	l, w := readLimits(t), newWorld()
	for _, name := range l.names {
		parameters := l.operations[name]
		nothing, everything := attempt{json: l.object(optional(parameters), param{}, "")}, attempt{}
		members := []string{}
		for _, p := range parameters {
			at := strings.ToLower(p.name[:1]) + p.name[1:]
			if p.required {
				nothing.broken = append(nothing.broken, "Value null at '"+at+"' failed to satisfy constraint: Member must not be null")
			}
			for _, a := range l.attempts(p.shape) {
				if len(a.broken) > 0 {
					members = append(members, quote(p.name)+":"+a.json)
					for _, b := range a.broken {
						everything.broken = append(everything.broken, strings.ReplaceAll(b, "{at}", at))
					}
					break
				}
			}
		}
		everything.json = "{" + strings.Join(members, ",") + "}"
		w.try(t, name, nothing)
		w.try(t, name, everything)
	}
}
