package condition

import (
	"time"
)

// parseDate reads a date as milliseconds since 1970; finer digits are cut. ISO dates, ISO date-times and seconds
// since 1970 are dates. Four digits alone are a year (ISO 8601), as the documentation of AWS's Date type has it.
func parseDate(s string) (int64, bool) {
	if ms, ok := parseISODate(s); ok {
		return ms, true
	}
	d, ok := parseDecimal(s)
	if !ok {
		return 0, false
	}
	return d.milliseconds()
}

// milliseconds is d seconds, cut towards zero.
func (d *decimal) milliseconds() (int64, bool) {
	const most = 15 // digits of seconds: more than any date, and far from overflow
	if d.exponent > most {
		return 0, false
	}
	var ms int64
	for i := range max(d.exponent+3, 0) {
		ms = ms*10 + int64(d.digit(i)-'0')
	}
	return ms * int64(d.sign()), true
}

// isoReader reads fixed-width fields of a text from the left. After a failure it stays failed.
type isoReader struct {
	s      string
	failed bool
}

func (r *isoReader) number(width int) int {
	if len(r.s) < width {
		r.failed = true
		return 0
	}
	n := 0
	for i := range width {
		if r.s[i] < '0' || r.s[i] > '9' {
			r.failed = true
			return 0
		}
		n = n*10 + int(r.s[i]-'0')
	}
	r.s = r.s[width:]
	return n
}

func (r *isoReader) accept(b byte) bool {
	if r.s == "" || r.s[0] != b {
		return false
	}
	r.s = r.s[1:]
	return true
}

// parseISODate reads YYYY[-MM[-DD[Thh[:mm[:ss[.fraction]]][zone]]]]; without a zone the time is UTC.
func parseISODate(s string) (int64, bool) {
	r := isoReader{s: s}
	year, month, day := r.number(4), 1, 1
	if r.accept('-') {
		month = r.number(2)
		if r.accept('-') {
			day = r.number(2)
		}
	}
	hour, minute, second, nanos, offset := 0, 0, 0, 0, 0
	if len(s) > len("2006-01-02") && r.accept('T') {
		hour = r.number(2)
		if r.accept(':') {
			minute = r.number(2)
			if r.accept(':') {
				second = r.number(2)
				nanos = r.fraction()
			}
		}
		offset = r.zone()
	}
	if r.failed || r.s != "" || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, nanos, time.UTC)
	if t.Day() != day {
		return 0, false // no such day in that month
	}
	return floorMilliseconds(t) - int64(offset)*60_000, true
}

func floorMilliseconds(t time.Time) int64 { return t.Unix()*1000 + int64(t.Nanosecond())/1_000_000 }

// fraction reads ".123456" as nanoseconds; digits beyond the ninth are cut.
func (r *isoReader) fraction() int {
	if !r.accept('.') && !r.accept(',') {
		return 0
	}
	digits, rest := cutDigits(r.s)
	r.failed = r.failed || digits == ""
	r.s = rest
	nanos := 0
	for i := range 9 {
		nanos *= 10
		if i < len(digits) {
			nanos += int(digits[i] - '0')
		}
	}
	return nanos
}

// zone reads "", "Z", "+09:00", "-0730" as minutes east of UTC.
func (r *isoReader) zone() int {
	sign := 0
	switch {
	case r.s == "" || r.accept('Z'):
		return 0
	case r.accept('+'):
		sign = 1
	case r.accept('-'):
		sign = -1
	}
	hours := r.number(2)
	r.accept(':')
	minutes := r.number(2)
	r.failed = r.failed || sign == 0 || hours > 23 || minutes > 59
	return sign * (hours*60 + minutes)
}
