package awscli

import (
	"encoding/json"
	"reflect"
	"sort"
	"strings"

	"github.com/jmespath/go-jmespath"
)

// checkQuery refuses an expression that is no JMESPath.
func checkQuery(expression string) *Error {
	if _, err := jmespath.Compile(expression); err != nil {
		return badQuery(expression, err)
	}
	return nil
}

func badQuery(expression string, err error) *Error {
	return &Error{"\nBad value for --query " + expression + ": " + err.Error() + "\n", exitUsage}
}

// search applies a query. Structures of the output keep the order of their members, structures that the query makes
// have the order in which it names them.
func search(expression string, value any) (any, *Error) {
	q := &querying{order: map[uintptr][]string{}, text: expression}
	plain := q.plain(value)
	found, err := jmespath.Search(expression, plain)
	if err != nil {
		return nil, badQuery(expression, err)
	}
	return q.ordered(found), nil
}

type querying struct {
	order map[uintptr][]string // of each map's members, by the map's identity
	text  string
}

// plain makes the maps and numbers that go-jmespath works on.
func (q *querying) plain(value any) any {
	switch v := value.(type) {
	case object:
		m := make(map[string]any, len(v))
		names := make([]string, len(v))
		for i := range v {
			m[v[i].name] = q.plain(v[i].value)
			names[i] = v[i].name
		}
		q.order[reflect.ValueOf(m).Pointer()] = names
		return m
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = q.plain(v[i])
		}
		return list
	case json.Number:
		f, _ := v.Float64()
		return f
	}
	return value
}

func (q *querying) ordered(value any) any {
	switch v := value.(type) {
	case map[string]any:
		o := object{}
		for _, name := range q.names(v) {
			o = append(o, member{name, q.ordered(v[name])})
		}
		return o
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = q.ordered(v[i])
		}
		return list
	}
	return value
}

func (q *querying) names(m map[string]any) []string {
	if names, ok := q.order[reflect.ValueOf(m).Pointer()]; ok {
		return names
	}
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := q.mention(names[i]), q.mention(names[j])
		return a < b || a == b && names[i] < names[j]
	})
	return names
}

// mention is where the query text names a member of a structure that it makes: {Name: …}.
func (q *querying) mention(name string) int {
	for at := 0; ; {
		i := strings.Index(q.text[at:], name)
		if i < 0 {
			return len(q.text)
		}
		at += i + len(name)
		if strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(q.text[at:], `"`), " \t\n"), ":") {
			return at
		}
	}
}
