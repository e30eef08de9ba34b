package policy

import (
	"slices"
	"strings"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
)

// keysKnown are the condition keys that requests can carry where the kind of policy is asked.
func (c *completer) keysKnown() []catalog.ConditionKeyInfo {
	keys := catalog.ConditionKeys()
	if c.Kind == TrustPolicy {
		keys = slices.Concat(catalog.TrustConditionKeys(), keys)
	}
	return keys
}

// carried reports whether a request that the statement is about can carry a key, and the policy sees it.
func (c *completer) carried(a about, info catalog.ConditionKeyInfo) bool {
	service, _, _ := strings.Cut(info.Name, ":")
	name := info.Name
	if info.IsFamily() {
		name += "x" // a member of it
	}
	switch {
	case c.Kind == TrustPolicy:
		return service != "kms"
	case c.Kind == KeyPolicy && !info.KeyPolicy:
		return false
	case a.others && service == "aws":
		return true
	}
	return a.kms.where(func(action catalog.ActionInfo) bool { return action.Carries(name) }) != 0
}

// fits reports whether an operator can read the values of a key, and takes it for the list or the single value it is.
func fits(op condition.Operator, info catalog.ConditionKeyInfo) bool {
	if op.Type() == condition.NullType {
		return true
	}
	if op.IsSet() != info.Multi {
		return false
	}
	switch key := condition.Type(info.Type); key {
	case condition.DateType:
		return op.Type() == key || op.Type() == condition.NumericType
	case condition.ARNType:
		return op.Type() == key || op.Type() == condition.StringType
	case condition.StringType:
		holdsARN := info.IsFamily() || strings.HasSuffix(info.Name, "Principal")
		return op.Type() == key || holdsARN && op.Type() == condition.ARNType
	default:
		return op.Type() == key
	}
}

func (c *completer) conditionKeys() {
	op, valid := condition.ParseOperator(c.path[2])
	a, present := c.about(), c.present()
	for _, info := range c.keysKnown() {
		if !c.carried(a, info) || valid && !fits(op, info) {
			continue
		}
		for _, name := range c.members(info) {
			if slices.ContainsFunc(present, func(p string) bool { return strings.EqualFold(p, name) }) {
				continue
			}
			d, _ := catalog.DescribeConditionKey(info.Name)
			value := `"|"`
			if op.IsSet() {
				value = `["|"]`
			}
			if strings.HasSuffix(name, ":") || strings.HasSuffix(name, "/") {
				c.prefix(name, d.Text)
			} else {
				c.keyed(KeyKind, name, d.Text, value)
			}
		}
	}
}

// prefix offers the beginning of a family of keys, whose rest is to be typed.
func (c *completer) prefix(name, detail string) {
	c.insert(KeyKind, name+"…", detail, quote(name), len(quote(name))-1)
}

// members are a key itself, or of a family those in use, which Values has under the name of the family, and what they
// begin with.
func (c *completer) members(info catalog.ConditionKeyInfo) []string {
	prefix, family := strings.CutSuffix(info.Name, "*")
	if !family {
		return []string{info.Name}
	}
	var names []string
	for _, member := range c.Values[strings.ToLower(info.Name)] {
		names = append(names, prefix+member.Text)
	}
	return append(names, prefix)
}

// operators offers those that fit the keys that stand under it already, or some key that the statement can test.
func (c *completer) operators() {
	a, present := c.about(), c.present()
	var keys []catalog.ConditionKeyInfo
	tested := c.testedHere()
	for _, info := range c.keysKnown() {
		if len(tested) == 0 && c.carried(a, info) || slices.ContainsFunc(tested, func(name string) bool {
			known, ok := catalog.LookupConditionKey(name)
			return ok && known.Name == info.Name
		}) {
			keys = append(keys, info)
		}
	}
	for _, form := range []struct{ prefix, suffix string }{{}, {"", "IfExists"}, {"ForAnyValue:", ""}, {"ForAllValues:", ""}, {"ForAnyValue:", "IfExists"}, {"ForAllValues:", "IfExists"}} {
		for _, name := range condition.Operators() {
			op, ok := condition.ParseOperator(form.prefix + name + form.suffix)
			if !ok || slices.Contains(present, op.String()) {
				continue
			}
			every := len(tested) > 0
			if fit := func(info catalog.ConditionKeyInfo) bool { return fits(op, info) }; every && countFunc(keys, fit) < len(keys) || !every && !slices.ContainsFunc(keys, fit) {
				continue
			}
			c.keyed(OperatorKind, op.String(), operatorDetail(op), "{|}")
		}
	}
}

// testedHere are the keys under the operator whose name is at the place.
func (c *completer) testedHere() []string {
	if c.container == nil || c.in == nil {
		return nil
	}
	for _, m := range c.container.members {
		if m.key == c.in && m.value != nil && m.value.kind == '{' {
			return m.value.keys(nil)
		}
	}
	return nil
}

func countFunc[T any](list []T, f func(T) bool) (n int) {
	for _, v := range list {
		if f(v) {
			n++
		}
	}
	return n
}

// operatorDetail says what an operator compares, and what its prefix and its suffix change.
func operatorDetail(op condition.Operator) string {
	name := op.String()
	base := name[strings.IndexByte(name, ':')+1:]
	parts := []string{}
	if prefix, _, set := strings.Cut(name, ":"); set {
		d, _ := catalog.DescribePrefix(prefix + ":")
		parts = append(parts, d.Text)
	}
	d, _ := catalog.DescribeOperator(strings.TrimSuffix(base, "IfExists"))
	parts = append(parts, d.Text)
	if op.IfExists() {
		d, _ := catalog.DescribePrefix("IfExists")
		parts = append(parts, d.Text)
	}
	return strings.Join(parts, " ")
}

func (c *completer) testValues() {
	op, valid := condition.ParseOperator(c.path[2])
	key := strings.ToLower(c.path[3])
	info, known := catalog.LookupConditionKey(key)
	switch {
	case valid && op.Type() == condition.NullType:
		c.offer(ValueKind, []Named{{"true", "The request lacks the key."}, {"false", "The request carries the key."}})
		return
	case valid && op.Type() == condition.BoolType, known && condition.Type(info.Type) == condition.BoolType:
		c.offer(ValueKind, []Named{{Text: "true"}, {Text: "false"}})
		return
	}
	c.offer(ValueKind, c.Values[key])
	for _, name := range enumOf(key) {
		c.offer(ValueKind, []Named{{Text: name}})
	}
	c.offer(ValueKind, c.valuesOf(key))
}

// valuesOf are values of a key that hold in every world.
func (c *completer) valuesOf(key string) []Named {
	var names []string
	switch key {
	case "kms:viaservice":
		for _, service := range catalog.ViaServices() {
			names = append(names, service+"."+c.regionOr("us-east-1")+".amazonaws.com")
		}
	case "aws:calledvia", "aws:calledviafirst", "aws:calledvialast":
		for _, service := range catalog.CallingServices() {
			names = append(names, service+".amazonaws.com")
		}
	case "aws:principaltype":
		names = []string{"Account", "User", "AssumedRole", "FederatedUser"}
	case "aws:principalservicename", "aws:principalservicenameslist", "kms:granteeserviceprincipal", "kms:retiringserviceprincipal":
		return c.services()
	case "kms:replicaregion", "kms:primaryregion", "aws:requestedregion":
		partition, ok := catalog.Partition(c.regionOr("us-east-1"))
		if ok {
			names = catalog.Regions(partition)
		}
	}
	named := make([]Named, len(names))
	for i, name := range names {
		named[i] = Named{Text: name}
	}
	return named
}

// variables offers policy variables when the offset is behind "${" in a value that reads them.
func (c *completer) variables(offset int) bool {
	slot := c.slot()
	if slot != resourceValue && slot != testValue || c.in == nil || c.in.kind != '"' || c.version != Version20121017 {
		return false
	}
	typed := c.text[c.found.Typed.Start:offset]
	open := strings.LastIndex(typed, "${")
	if open < 0 || strings.Contains(typed[open:], "}") {
		return false
	}
	if op, ok := condition.ParseOperator(c.path[len(c.path)-min(2, len(c.path))]); slot == testValue && ok && !op.TakesVariables() {
		return true
	}
	start, end := c.found.Typed.Start+open, offset
	for end < len(c.text) && (isWord(c.text[end]) || c.text[end] == ':' || c.text[end] == '/') {
		end++
	}
	if end < len(c.text) && c.text[end] == '}' {
		end++
	}
	c.found.Typed.Start, c.found.Whole.Start, c.found.Whole.End = start, start, end
	for _, info := range c.keysKnown() {
		if info.Multi {
			continue
		}
		for _, name := range c.members(info) {
			if d, _ := catalog.DescribeConditionKey(info.Name); !strings.HasSuffix(name, "/") && !strings.HasSuffix(name, ":") {
				text := "${" + name + "}"
				c.insert(VariableKind, text, d.Text, text, len(text))
			}
		}
	}
	return true
}
