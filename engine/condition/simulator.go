package condition

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// satisfiedInSimulator differs from satisfied where AWS's policy simulator differs from authorization: text that
// is no number does not differ from any number, and a wanted address that cannot be read ends the comparison before the
// values behind it. Recorded from AWS, 2026-09.
func (op Operator) satisfiedInSimulator(actual string, operands []operand) Outcome {
	unusable := slices.IndexFunc(operands, func(o operand) bool { return !o.usable })
	switch op.Type() {
	case NumericType:
		if _, ok := parseDecimal(actual); op.IsNegated() && (!ok || unusable >= 0) {
			return NoMatch
		}
	case IPAddressType:
		if unusable >= 0 {
			operands = operands[:unusable]
		}
	}
	return op.satisfied(actual, operands)
}

// Canonical is the text that AWS's policy simulator compares for a context entry of a type: numbers keep their decimal
// places and lose leading zeros, dates become times with milliseconds. Addresses and base64 stay as they are written.
// It is not ok when the text is no value of that type. Recorded from AWS, 2026-09.
func Canonical(t Type, text string) (canonical string, ok bool) {
	switch t {
	case NumericType:
		if _, ok := parseDecimal(text); !ok {
			return "", false
		}
		return javaDecimal(text), true
	case DateType:
		ms, ok := parseDate(text)
		return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z"), ok
	case BoolType:
		return strconv.FormatBool(isTrue(text)), true
	case IPAddressType:
		_, ok := parseAddress(text)
		return text, ok
	case BinaryType:
		return text, isBase64(text)
	}
	return text, true
}

// javaDecimal writes a number as Java's BigDecimal does.
func javaDecimal(text string) string {
	sign := ""
	if text[0] == '-' {
		sign = "-"
	}
	mantissa := strings.TrimLeft(text, "+-")
	exponent := 0
	if i := strings.IndexAny(mantissa, "eE"); i >= 0 {
		exponent, _ = parseExponent(mantissa[i:])
		mantissa = mantissa[:i]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		digits, sign = "0", ""
	}
	scale := len(fraction) - exponent
	if scale == 0 {
		return sign + digits
	}
	adjusted := len(digits) - 1 - scale
	if scale < 0 || adjusted < -6 { // scientific notation
		if len(digits) > 1 {
			digits = digits[:1] + "." + digits[1:]
		}
		if adjusted > 0 {
			return sign + digits + "E+" + strconv.Itoa(adjusted)
		} else if adjusted < 0 {
			return sign + digits + "E" + strconv.Itoa(adjusted)
		}
		return sign + digits
	}
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - scale
	return sign + digits[:point] + "." + digits[point:]
}
