package condition

import (
	"encoding/base64"
	"strings"

	"kmsplayground/engine/arn"
)

// operand is one wanted value, compiled for its operator.
type operand struct {
	// usable is false for a literal that the operator cannot read, and for a variable that has no value. Such an
	// operand equals nothing.
	usable  bool
	broken  bool   // an ARN operand that is no ARN
	text    string // of strings, in lower case for …IgnoreCase; of base64
	pattern arn.Pattern
	arn     *arn.Matcher // nil matches every ARN
	number  decimal
	date    int64
	boolean bool
	network network
}

// compile reads a wanted value that has no variables, or none left.
func (op Operator) compile(parts []arn.Part) operand {
	text := join(parts)
	o := operand{usable: true, text: text}
	switch op.Type() {
	case StringType:
		op.compileString(&o, parts)
	case NumericType:
		o.number, o.usable = parseDecimal(text)
	case DateType:
		o.date, o.usable = parseDate(text)
	case BoolType, NullType:
		o.boolean = isTrue(text)
	case BinaryType:
		o.usable = isBase64(text)
	case IPAddressType:
		o.network, o.usable = parseNetwork(text)
	case ARNType:
		o.arn, o.usable = compileARN(parts)
		o.broken = !o.usable
	}
	return o
}

func (op Operator) compileString(o *operand, parts []arn.Part) {
	switch op.comparison {
	case stringEqualsIgnoreCase, stringNotEqualsIgnoreCase:
		o.text = lower(o.text)
	case stringLike, stringNotLike:
		o.pattern = arn.CompileParts(parts...)
	}
}

// compileARN reads an ARN with wildcards; a bare "*" is any ARN.
func compileARN(parts []arn.Part) (*arn.Matcher, bool) {
	if arn.CompileParts(parts...).IsAnything() {
		return nil, true
	}
	m, ok := arn.CompileMatcher(parts...)
	return &m, ok
}

func isARN(parts []arn.Part) bool {
	_, ok := compileARN(parts)
	return ok
}

// isTrue reads a Boolean as AWS does: "true" in any letter case is true, everything else is false.
func isTrue(s string) bool { return strings.EqualFold(s, "true") }

// isBase64 reports whether s is the canonical spelling of some bytes.
func isBase64(s string) bool {
	if strings.ContainsAny(s, "\r\n") {
		return false
	}
	_, err := base64.StdEncoding.Strict().DecodeString(s)
	return err == nil
}

// satisfied reports whether one value of the request satisfies the operator: it is equal (like, less…) to one of the
// operands or, for a negated operator, to none.
func (op Operator) satisfied(actual string, operands []operand) Outcome {
	found := NoMatch
	switch op.Type() {
	case StringType:
		found = op.findString(actual, operands)
	case NumericType:
		found = op.findNumber(actual, operands)
	case DateType:
		found = op.findDate(actual, operands)
	case BoolType:
		found = findBool(isTrue(actual), operands)
	case BinaryType:
		found = findText(actual, operands)
	case IPAddressType:
		a, ok := parseAddress(actual)
		if !ok {
			return NoMatch // neither IpAddress nor NotIpAddress
		}
		found = findAddress(a, operands)
	case ARNType:
		if !arn.HasForm(actual) {
			return NoMatch // neither ArnLike nor ArnNotLike
		}
		found = findARN(actual, operands)
	}
	if op.IsNegated() && found != Broken {
		return Match - found
	}
	return found
}

func (op Operator) findString(actual string, operands []operand) Outcome {
	for i := range operands {
		o, same := &operands[i], false
		switch op.comparison {
		case stringEqualsIgnoreCase, stringNotEqualsIgnoreCase:
			same = equalLower(actual, o.text)
		case stringLike, stringNotLike:
			same = o.pattern.Match(actual)
		default:
			same = actual == o.text
		}
		if same && o.usable {
			return Match
		}
	}
	return NoMatch
}

func (op Operator) findNumber(actual string, operands []operand) Outcome {
	n, ok := parseDecimal(actual)
	for i := range operands {
		if o := &operands[i]; ok && o.usable && op.accepts(n.compare(&o.number)) {
			return Match
		}
	}
	return NoMatch
}

func (op Operator) findDate(actual string, operands []operand) Outcome {
	ms, ok := parseDate(actual)
	for i := range operands {
		if o := &operands[i]; ok && o.usable && op.accepts(compareInts(ms, o.date)) {
			return Match
		}
	}
	return NoMatch
}

// accepts reports whether the operator holds for a request value that compares so (-1, 0, 1) with the wanted one.
func (op Operator) accepts(compared int) bool {
	return comparisons[op.comparison].order&(less<<(compared+1)) != 0
}

func findBool(actual bool, operands []operand) Outcome {
	for i := range operands {
		if operands[i].boolean == actual {
			return Match
		}
	}
	return NoMatch
}

func findText(actual string, operands []operand) Outcome {
	for i := range operands {
		if operands[i].usable && operands[i].text == actual {
			return Match
		}
	}
	return NoMatch
}

func findAddress(a address, operands []operand) Outcome {
	for i := range operands {
		if operands[i].usable && operands[i].network.contains(a) {
			return Match
		}
	}
	return NoMatch
}

// findARN reads the operands from left to right: a match before one that is no ARN decides, otherwise the bad one
// does. Recorded from AWS, 2026-09.
func findARN(actual string, operands []operand) Outcome {
	for i := range operands {
		switch o := &operands[i]; {
		case o.broken:
			return Broken
		case o.usable && (o.arn == nil || o.arn.Match(actual)):
			return Match
		}
	}
	return NoMatch
}
