package condition

import (
	"strings"

	"kmsplayground/engine/arn"
)

// Operator is a condition operator with its set prefix and its IfExists suffix. The zero Operator is invalid.
type Operator struct {
	comparison comparison
	set        set
	ifExists   bool
}

type set uint8

const (
	scalar set = iota
	forAllValues
	forAnyValue
)

const (
	allPrefix      = "ForAllValues:"
	anyPrefix      = "ForAnyValue:"
	ifExistsSuffix = "IfExists"
)

// comparison is an operator without prefix and suffix; it indexes comparisons.
type comparison uint8

const (
	invalid comparison = iota
	stringEquals
	stringNotEquals
	stringEqualsIgnoreCase
	stringNotEqualsIgnoreCase
	stringLike
	stringNotLike
	numericEquals
	numericNotEquals
	numericLessThan
	numericLessThanEquals
	numericGreaterThan
	numericGreaterThanEquals
	dateEquals
	dateNotEquals
	dateLessThan
	dateLessThanEquals
	dateGreaterThan
	dateGreaterThanEquals
	boolean
	binaryEquals
	ipAddress
	notIPAddress
	arnEquals
	arnLike
	arnNotEquals
	arnNotLike
	null
)

// Type is the type of value that an operator compares, named as AWS names the types of condition keys.
type Type string

// The types of condition operators.
const (
	StringType    Type = "String"
	NumericType   Type = "Numeric"
	DateType      Type = "Date"
	BoolType      Type = "Bool"
	BinaryType    Type = "Binary"
	IPAddressType Type = "IPAddress"
	ARNType       Type = "ARN"
	NullType      Type = "Null"
)

// order is which results of a three-way comparison satisfy the operator.
type order uint8

const (
	less    order = 1 << iota // the request's value is less
	equal                     // both are equal
	greater                   // the request's value is greater
)

// comparisons says what each comparison is.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, read 2026-08.
var comparisons = [...]struct {
	name    string
	kind    Type
	negated bool
	order   order // of Numeric and Date
}{
	stringEquals:              {name: "StringEquals", kind: StringType},
	stringNotEquals:           {name: "StringNotEquals", kind: StringType, negated: true},
	stringEqualsIgnoreCase:    {name: "StringEqualsIgnoreCase", kind: StringType},
	stringNotEqualsIgnoreCase: {name: "StringNotEqualsIgnoreCase", kind: StringType, negated: true},
	stringLike:                {name: "StringLike", kind: StringType},
	stringNotLike:             {name: "StringNotLike", kind: StringType, negated: true},
	numericEquals:             {name: "NumericEquals", kind: NumericType, order: equal},
	numericNotEquals:          {name: "NumericNotEquals", kind: NumericType, negated: true, order: equal},
	numericLessThan:           {name: "NumericLessThan", kind: NumericType, order: less},
	numericLessThanEquals:     {name: "NumericLessThanEquals", kind: NumericType, order: less | equal},
	numericGreaterThan:        {name: "NumericGreaterThan", kind: NumericType, order: greater},
	numericGreaterThanEquals:  {name: "NumericGreaterThanEquals", kind: NumericType, order: greater | equal},
	dateEquals:                {name: "DateEquals", kind: DateType, order: equal},
	dateNotEquals:             {name: "DateNotEquals", kind: DateType, negated: true, order: equal},
	dateLessThan:              {name: "DateLessThan", kind: DateType, order: less},
	dateLessThanEquals:        {name: "DateLessThanEquals", kind: DateType, order: less | equal},
	dateGreaterThan:           {name: "DateGreaterThan", kind: DateType, order: greater},
	dateGreaterThanEquals:     {name: "DateGreaterThanEquals", kind: DateType, order: greater | equal},
	boolean:                   {name: "Bool", kind: BoolType},
	binaryEquals:              {name: "BinaryEquals", kind: BinaryType},
	ipAddress:                 {name: "IpAddress", kind: IPAddressType},
	notIPAddress:              {name: "NotIpAddress", kind: IPAddressType, negated: true},
	arnEquals:                 {name: "ArnEquals", kind: ARNType},
	arnLike:                   {name: "ArnLike", kind: ARNType},
	arnNotEquals:              {name: "ArnNotEquals", kind: ARNType, negated: true},
	arnNotLike:                {name: "ArnNotLike", kind: ARNType, negated: true},
	null:                      {name: "Null", kind: NullType},
}

// ParseOperator reads the name of an operator, without regard to letter case. Null takes neither prefix nor suffix.
func ParseOperator(name string) (Operator, bool) {
	var op Operator
	switch rest, found := cutPrefixFold(name, allPrefix); {
	case found:
		op.set, name = forAllValues, rest
	default:
		if rest, found := cutPrefixFold(name, anyPrefix); found {
			op.set, name = forAnyValue, rest
		}
	}
	if n := len(name) - len(ifExistsSuffix); n > 0 && strings.EqualFold(name[n:], ifExistsSuffix) {
		op.ifExists, name = true, name[:n]
	}
	for c := stringEquals; c <= null; c++ {
		if strings.EqualFold(comparisons[c].name, name) {
			op.comparison = c
			break
		}
	}
	if op.comparison == null && (op != Operator{comparison: null}) || !op.IsValid() {
		return Operator{}, false
	}
	return op, true
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// Operators returns the name of every operator, without prefixes and suffixes, in the order of AWS's documentation.
func Operators() []string {
	names := make([]string, 0, len(comparisons)-1)
	for _, c := range comparisons[stringEquals:] {
		names = append(names, c.name)
	}
	return names
}

// String gives the operator as AWS spells it: "ForAnyValue:StringLikeIfExists".
func (op Operator) String() string {
	if !op.IsValid() {
		return ""
	}
	prefix := [...]string{scalar: "", forAllValues: allPrefix, forAnyValue: anyPrefix}[op.set]
	if op.ifExists {
		return prefix + comparisons[op.comparison].name + ifExistsSuffix
	}
	return prefix + comparisons[op.comparison].name
}

// IsValid reports whether op is one of AWS's operators.
func (op Operator) IsValid() bool { return op.comparison != invalid }

// Type gives the type of value that op compares.
func (op Operator) Type() Type { return comparisons[op.comparison].kind }

// IsNegated reports whether op is a "not" operator: StringNotEquals, NotIpAddress.
func (op Operator) IsNegated() bool { return comparisons[op.comparison].negated }

// IsSet reports whether op has a prefix, "ForAllValues:" or "ForAnyValue:".
func (op Operator) IsSet() bool { return op.set != scalar }

// IsForAllValues reports whether op has the prefix "ForAllValues:".
func (op Operator) IsForAllValues() bool { return op.set == forAllValues }

// IfExists reports whether op has the suffix "IfExists".
func (op Operator) IfExists() bool { return op.ifExists }

// TakesVariables reports whether policy variables count in the values of op: those of String and ARN operators only.
func (op Operator) TakesVariables() bool { return op.Type() == StringType || op.Type() == ARNType }

// CheckLiteral reports what a policy write (PutUserPolicy and its like) refuses in a value without variables. Session
// policies accept all of it but bad binary. Any Bool and Null text is accepted.
func (op Operator) CheckLiteral(text string) (problem string, ok bool) {
	switch op.Type() {
	case NumericType:
		_, ok = parseDecimal(text)
		return problemUnless(ok, "is not a number")
	case DateType:
		_, ok = parseDate(text)
		return problemUnless(ok, "is not a date")
	case BinaryType:
		return problemUnless(isBase64(text), "is not base64")
	case IPAddressType:
		_, ok = parseNetwork(text)
		return problemUnless(ok, "is not an IP address or CIDR block")
	case ARNType:
		return problemUnless(isARN([]arn.Part{{Text: text}}), "is not an ARN")
	}
	return "", true
}

func problemUnless(ok bool, problem string) (string, bool) {
	if ok {
		return "", true
	}
	return problem, false
}
