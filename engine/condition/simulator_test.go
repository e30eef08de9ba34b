package condition

import "testing"

func TestSimulatorComparisons(t *testing.T) {
	for _, c := range []struct {
		operator, actual string
		wanted           []string
		ordinary         Outcome
		simulated        Outcome
	}{
		{"NumericNotEquals", "abc", []string{"1"}, Match, NoMatch},
		{"NumericNotEquals", "2", []string{"1"}, Match, Match},
		{"NumericNotEquals", "2", []string{"abc"}, Match, NoMatch},
		{"NumericEquals", "abc", []string{"1"}, NoMatch, NoMatch},
		{"NumericEquals", "2", []string{"abc", "2"}, Match, Match},
		{"DateNotEquals", "abc", []string{"2030-01-01"}, Match, Match},
		{"IpAddress", "203.0.113.5", []string{"bad", "203.0.113.0/24"}, Match, NoMatch},
		{"NotIpAddress", "203.0.113.5", []string{"bad", "203.0.113.0/24"}, NoMatch, Match},
		{"NotIpAddress", "203.0.113.5", []string{"203.0.113.0/24", "bad"}, NoMatch, NoMatch},
		{"NotIpAddress", "nowhere", []string{"bad"}, NoMatch, NoMatch},
		{"ForAllValues:NumericNotEquals", "abc", []string{"1"}, Match, NoMatch},
		{"StringNotEquals", "abc", []string{"1"}, Match, Match},
	} {
		op, _ := ParseOperator(c.operator)
		test := NewTest(op, "test:key", c.wanted, true)
		ctx := &Context{}
		ctx.SetString("test:key", c.actual)
		if r := test.Evaluate(ctx, InIdentityPolicy); r.Outcome != c.ordinary {
			t.Errorf("%s %q %q: %d, want %d", c.operator, c.actual, c.wanted, r.Outcome, c.ordinary)
		}
		ctx.Simulate()
		if r := test.Evaluate(ctx, InIdentityPolicy); r.Outcome != c.simulated {
			t.Errorf("%s %q %q in the simulator: %d, want %d", c.operator, c.actual, c.wanted, r.Outcome, c.simulated)
		}
	}
}

func TestCanonical(t *testing.T) {
	const refused = "(refused)"
	for _, c := range []struct {
		kind       Type
		text, want string
	}{
		{NumericType, "01.00", "1.00"},
		{NumericType, "+1", "1"},
		{NumericType, "1e2", "1E+2"},
		{NumericType, "12e2", "1.2E+3"},
		{NumericType, "1e9999", "1E+9999"},
		{NumericType, "-0.50", "-0.50"},
		{NumericType, ".5", "0.5"},
		{NumericType, "1e-7", "1E-7"},
		{NumericType, "0.000001", "0.000001"},
		{NumericType, "0.0", "0.0"},
		{NumericType, "1.5e1", "15"},
		{NumericType, "0x10", refused},
		{NumericType, " 1 ", refused},
		{NumericType, "NaN", refused},
		{NumericType, "Infinity", refused},
		{NumericType, "", refused},
		{DateType, "2035-01-02", "2035-01-02T00:00:00.000Z"},
		{DateType, "2035-01-02T03:04:05.123+02:00", "2035-01-02T01:04:05.123Z"},
		{DateType, "2035", "2035-01-01T00:00:00.000Z"},
		{DateType, "0", "1970-01-01T00:00:00.000Z"},
		{DateType, "tomorrow", refused},
		{BoolType, "TRUE", "true"},
		{BoolType, "yes", "false"},
		{IPAddressType, "2001:0db8::1", "2001:0db8::1"},
		{IPAddressType, "192.000.002.1", "192.000.002.1"},
		{IPAddressType, "192.0.2.0/24", refused},
		{IPAddressType, "fe80::1%eth0", refused},
		{BinaryType, "YQ==", "YQ=="},
		{BinaryType, "", ""},
		{BinaryType, "YQ", refused},
		{BinaryType, "YR==", refused},
		{BinaryType, "eWVz\n", refused},
		{StringType, "*", "*"},
	} {
		got, ok := Canonical(c.kind, c.text)
		if !ok {
			got = refused
		}
		if got != c.want {
			t.Errorf("%s %q: %q, want %q", c.kind, c.text, got, c.want)
		}
	}
}
