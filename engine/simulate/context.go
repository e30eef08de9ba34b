package simulate

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// entryTypes are the types of context entries, without "List": how values are read, and what AWS says it expected.
var entryTypes = map[string]struct {
	kind     condition.Type
	expected string
}{
	"string":  {condition.StringType, ""},
	"boolean": {condition.BoolType, ""},
	"numeric": {condition.NumericType, "numeric format"},
	"date":    {condition.DateType, "DateTime format"},
	"ip":      {condition.IPAddressType, "IP address"},
	"binary":  {condition.BinaryType, "base-64 encoded binary format"},
}

// readContext adds the context entries, which come before what the simulator fills in by itself.
func (s *simulation) readContext(r *Request) *iam.Error {
	s.context.Simulate()
	s.given = map[string]bool{}
	for _, entry := range r.member("ContextEntries").Array() {
		if err := s.entry(entry); err != nil {
			return err
		}
	}
	return nil
}

func (s *simulation) entry(entry gjson.Result) *iam.Error {
	name, kind, values := entry.Get("ContextKeyName").String(), entry.Get("ContextKeyType"), texts(entry.Get("ContextKeyValues"))
	lower := strings.ToLower(name)
	switch {
	case name == "" && !given(kind) && len(values) == 0:
		return nil // nothing of it reaches AWS
	case name == "":
		return invalid("ContextKeyName cannot be null or empty.")
	case s.given[lower]:
		return invalid("Duplicate context key: " + name + ".")
	case !given(kind):
		return invalid("Context key " + name + " has invalid type null.")
	case len(values) == 0:
		return invalid("Context values for context key " + name + " cannot be null or empty.")
	}
	single, list := strings.CutSuffix(kind.String(), "List")
	if !list && len(values) != 1 {
		return invalid(fmt.Sprintf("Context key %s expected a single value, but received %d.", kind, len(values)))
	}
	t := entryTypes[single]
	for i, value := range values {
		canonical, ok := condition.Canonical(t.kind, value)
		if !ok {
			return invalid("Invalid context value for key " + name + ": expected " + t.expected + ".")
		}
		values[i] = canonical
	}
	s.given[lower] = true
	s.context.Set(condition.Value{Key: name, Multi: list, Values: values})
	return nil
}
