package authz

import "math/bits"

// MostQuestions is how many questions a Many holds.
const MostQuestions = 128

// set is a set of questions of a Many, by index.
type set struct{ low, high uint64 }

func (s set) with(i int) set {
	if i < 64 {
		s.low |= 1 << i
	} else {
		s.high |= 1 << (i - 64)
	}
	return s
}

func (s set) has(i int) bool { return s.from(i).first() == i }

func (s set) and(t set) set { return set{s.low & t.low, s.high & t.high} }

func (s set) or(t set) set { return set{s.low | t.low, s.high | t.high} }

func (s set) without(t set) set { return set{s.low &^ t.low, s.high &^ t.high} }

func (s set) empty() bool { return s.low|s.high == 0 }

// first is the lowest member, MostQuestions for none.
func (s set) first() int {
	if s.low != 0 {
		return bits.TrailingZeros64(s.low)
	}
	return 64 + bits.TrailingZeros64(s.high)
}

// from leaves out the members below i.
func (s set) from(i int) set {
	switch {
	case i < 64:
		s.low = s.low >> i << i
	default:
		s.low, s.high = 0, s.high>>(i-64)<<(i-64)
	}
	return s
}
