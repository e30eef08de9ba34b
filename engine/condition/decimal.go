package condition

import "strings"

// decimal is an exact decimal number: 0.d1d2d3… times ten to the power of exponent, where the digits are those of
// head followed by those of tail, without zeros at either end. Zero has no digits.
type decimal struct {
	negative   bool
	head, tail string
	exponent   int
}

// maxExponent bounds what counts as a number, so that exponents can be added without overflow.
const maxExponent = 1 << 30

// parseDecimal reads "12", "+012.50", ".5", "1e3". It allocates nothing.
func parseDecimal(s string) (decimal, bool) {
	var d decimal
	if s != "" && (s[0] == '+' || s[0] == '-') {
		d.negative, s = s[0] == '-', s[1:]
	}
	whole, s := cutDigits(s)
	var fraction string
	if s != "" && s[0] == '.' {
		fraction, s = cutDigits(s[1:])
	}
	power, ok := parseExponent(s)
	if !ok || whole == "" && fraction == "" {
		return decimal{}, false
	}
	d.head, d.tail, d.exponent = whole, fraction, len(whole)+power
	d.normalize()
	return d, true
}

func cutDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// parseExponent reads "", "e3", "E-12".
func parseExponent(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return 0, false
	}
	s = s[1:]
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	digits, rest := cutDigits(s)
	if digits == "" || rest != "" {
		return 0, false
	}
	n := 0
	for i := range len(digits) {
		if n = n*10 + int(digits[i]-'0'); n > maxExponent {
			return 0, false
		}
	}
	if negative {
		n = -n
	}
	return n, true
}

func (d *decimal) normalize() {
	trimmed := strings.TrimLeft(d.head, "0")
	d.exponent -= len(d.head) - len(trimmed)
	d.head = trimmed
	if d.head == "" {
		trimmed = strings.TrimLeft(d.tail, "0")
		d.exponent -= len(d.tail) - len(trimmed)
		d.tail = trimmed
	}
	if d.tail = strings.TrimRight(d.tail, "0"); d.tail == "" {
		d.head = strings.TrimRight(d.head, "0")
	}
	if d.head == "" && d.tail == "" {
		*d = decimal{}
	}
}

func (d *decimal) digits() int { return len(d.head) + len(d.tail) }

func (d *decimal) digit(i int) byte {
	switch {
	case i < len(d.head):
		return d.head[i]
	case i < d.digits():
		return d.tail[i-len(d.head)]
	}
	return '0'
}

// sign is -1, 0 or 1.
func (d *decimal) sign() int {
	switch {
	case d.digits() == 0:
		return 0
	case d.negative:
		return -1
	}
	return 1
}

// compare is -1, 0 or 1 as d is less than, equal to or greater than e.
func (d *decimal) compare(e *decimal) int {
	if c := compareInts(d.sign(), e.sign()); c != 0 || d.sign() == 0 {
		return c
	}
	c := compareInts(d.exponent, e.exponent)
	for i := 0; c == 0 && i < max(d.digits(), e.digits()); i++ {
		c = compareInts(int(d.digit(i)), int(e.digit(i)))
	}
	return c * d.sign()
}

func compareInts[T int | int64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
