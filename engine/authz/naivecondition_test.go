package authz

import (
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How the naive evaluator matches patterns and compares condition values.

// glob matches with a regular expression; text that came from a variable is marked literal with \x00.
func glob(pattern, text string) bool {
	var re strings.Builder
	re.WriteString(`(?s)^`)
	literal := false
	for _, c := range pattern {
		switch {
		case c == 0:
			literal = !literal
		case c == '*' && !literal:
			re.WriteString(`.*`)
		case c == '?' && !literal:
			re.WriteString(`.`)
		default:
			re.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	return regexp.MustCompile(re.String() + "$").MatchString(text)
}

var variable = regexp.MustCompile(`\$\{([^}]*)\}`)

// expand replaces policy variables by the request's values, marked literal; ok is false when one has no value.
func (n *naive) expand(text string, keyPolicy bool) (string, bool) {
	ok := true
	text = variable.ReplaceAllStringFunc(text, func(v string) string {
		v = v[2 : len(v)-1]
		if v == "*" || v == "?" || v == "$" {
			return "\x00" + v + "\x00"
		}
		name, fallback, hasDefault := strings.Cut(v, ", '")
		value, there := n.context[strings.ToLower(name)]
		switch {
		case there && !value.list && !(keyPolicy && value.identityOnly):
			return "\x00" + value.values[0] + "\x00"
		case hasDefault && !value.list:
			return "\x00" + strings.TrimSuffix(fallback, "'") + "\x00"
		}
		ok = false
		return "${" + v + "}"
	})
	return text, ok
}

func (n *naive) holds(s map[string]any, keyPolicy, deny bool) bool {
	conditions, _ := s["Condition"].(map[string]any)
	for operator, tests := range conditions {
		for key, wanted := range tests.(map[string]any) {
			value, present := n.context[strings.ToLower(key)]
			if keyPolicy && value.identityOnly {
				present, value = false, naiveValue{}
			}
			if !n.test(operator, value, present, strs(wanted), keyPolicy, deny) {
				return false
			}
		}
	}
	return true
}

func (n *naive) test(operator string, value naiveValue, present bool, wanted []string, keyPolicy, deny bool) bool {
	set, rest, found := strings.Cut(operator, ":")
	if !found {
		set, rest = "", operator
	}
	if rest == "Null" {
		return strings.EqualFold(wanted[0], "true") != present
	}
	name, ifExists := strings.CutSuffix(rest, "IfExists")
	negated := strings.Contains(name, "Not")
	positive := strings.Replace(name, "Not", "", 1)
	if !present {
		switch {
		case set == "ForAllValues":
			return true
		case set == "ForAnyValue":
			return false
		}
		return ifExists || negated
	}
	if set == "" && value.list {
		return false
	}
	one := func(v string) bool {
		for _, w := range wanted {
			w, resolved := n.expand(w, keyPolicy)
			if !resolved {
				continue
			}
			if naiveCompare(positive, v, w) {
				return !negated
			}
		}
		return negated
	}
	if positive == "ArnEquals" || positive == "ArnLike" {
		one = func(v string) bool {
			if strings.Count(v, ":") < 5 || !strings.HasPrefix(v, "arn:") {
				return false
			}
			for _, w := range wanted {
				if w, resolved := n.expand(w, keyPolicy); resolved && naiveCompare(positive, v, w) {
					return !negated
				}
			}
			return negated
		}
	}
	if positive == "IpAddress" {
		plain := one
		one = func(v string) bool {
			_, err := netip.ParseAddr(v)
			return err == nil && plain(v)
		}
	}
	if set == "ForAllValues" {
		return !slices.ContainsFunc(value.values, func(v string) bool { return !one(v) })
	}
	return slices.ContainsFunc(value.values, one)
}

func naiveCompare(operator, value, wanted string) bool {
	plain := strings.ReplaceAll(wanted, "\x00", "")
	switch operator {
	case "StringEquals":
		return value == plain
	case "StringEqualsIgnoreCase":
		return strings.EqualFold(value, plain)
	case "StringLike":
		return glob(wanted, value)
	case "ArnEquals", "ArnLike":
		a, b := strings.SplitN(value, ":", 6), strings.SplitN(wanted, ":", 6)
		for i := range a {
			if !glob(b[i], a[i]) {
				return false
			}
		}
		return true
	case "Bool":
		return (strings.EqualFold(value, "true")) == strings.EqualFold(plain, "true")
	case "IpAddress":
		prefix, err := netip.ParsePrefix(plain)
		if err != nil {
			return value == plain
		}
		return prefix.Contains(netip.MustParseAddr(value))
	}
	if date, ok := strings.CutPrefix(operator, "Date"); ok {
		a, b := naiveTime(value), naiveTime(plain)
		return naiveOrder(date, a.Compare(b))
	}
	a, errA := strconv.ParseFloat(value, 64)
	b, errB := strconv.ParseFloat(plain, 64)
	return errA == nil && errB == nil && naiveOrder(strings.TrimPrefix(operator, "Numeric"), int(a-b))
}

func naiveTime(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func naiveOrder(operator string, order int) bool {
	switch operator {
	case "Equals":
		return order == 0
	case "LessThan":
		return order < 0
	case "LessThanEquals":
		return order <= 0
	case "GreaterThan":
		return order > 0
	}
	return order >= 0
}

func strs(v any) []string {
	if list, ok := v.([]any); ok {
		var all []string
		for _, one := range list {
			all = append(all, one.(string))
		}
		return all
	}
	if one, ok := v.(string); ok {
		return []string{one}
	}
	return nil
}
