package condition

import "strings"

// address is an IP address. IPv4 keeps its 32 bits at the bottom of low.
type address struct {
	six       bool
	high, low uint64
}

// network is a block of addresses, compiled from a policy.
type network struct {
	address
	bits int
}

// parseAddress reads the address of a request. An IPv4-mapped IPv6 address, dotted or hexadecimal, is IPv4.
func parseAddress(s string) (address, bool) {
	if !strings.Contains(s, ":") {
		return parseIPv4(s)
	}
	a, dotted, ok := parseIPv6(s)
	mapped := a.high == 0 && a.low>>32 == 0xffff
	if !ok || dotted && !mapped {
		return address{}, false
	}
	if mapped {
		return address{low: a.low & 0xffff_ffff}, true
	}
	return a, true
}

// parseNetwork reads an address or CIDR block of a policy, and keeps its family: IPv4 blocks may have host bits set,
// IPv6 blocks may not, and IPv6 may not be dotted. Recorded from AWS, 2026-09.
func parseNetwork(s string) (network, bool) {
	host, suffix, hasSuffix := strings.Cut(s, "/")
	n := network{bits: 32}
	var ok bool
	if strings.Contains(host, ":") {
		var dotted bool
		n.address, dotted, ok = parseIPv6(host)
		n.bits, ok = 128, ok && !dotted
	} else {
		n.address, ok = parseIPv4(host)
	}
	if ok && hasSuffix {
		n.bits, ok = parseDecimalUpTo(strings.TrimPrefix(suffix, "+"), n.bits)
	}
	if !ok || n.six && n.masked() != n.address {
		return network{}, false
	}
	n.address = n.masked()
	return n, true
}

// contains reports whether a is in n. The families never meet.
func (n *network) contains(a address) bool {
	return n.six == a.six && network{address: a, bits: n.bits}.masked() == n.address
}

func (n network) masked() address {
	a := n.address
	if !a.six {
		a.low &= mask(n.bits, 32)
		return a
	}
	a.high &= mask(min(n.bits, 64), 64)
	a.low &= mask(max(n.bits-64, 0), 64)
	return a
}

// mask has the top bits of width set.
func mask(bits, width int) uint64 {
	return (^uint64(0) >> (64 - width)) &^ (^uint64(0) >> (64 - width) >> bits)
}

// parseIPv4 reads four decimal octets, which may have leading zeros.
func parseIPv4(s string) (address, bool) {
	var a address
	for i := range 4 {
		text, rest, more := strings.Cut(s, ".")
		octet, ok := parseDecimalUpTo(text, 255)
		if !ok || more != (i < 3) {
			return address{}, false
		}
		a.low = a.low<<8 | uint64(octet)
		s = rest
	}
	return a, true
}

// parseDecimalUpTo reads digits only.
func parseDecimalUpTo(s string, most int) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		if n = n*10 + int(s[i]-'0'); n > most {
			return 0, false
		}
	}
	return n, s != ""
}

// parseIPv6 reads IPv6 as sloppily as AWS does: one trailing colon is ignored, one leading colon is a zero group,
// and the run of colons that stands for zeros may have extra ones next to it. Recorded from AWS, 2026-09.
func parseIPv6(s string) (a address, dotted, ok bool) {
	if strings.Count(s, ":") < 2 {
		return a, false, false
	}
	if s[0] == ':' && s[1] != ':' {
		s = "0" + s
	}
	left, right, compressed := strings.Cut(s, "::")
	if !compressed {
		return parseGroups(strings.TrimSuffix(s, ":"), "", false)
	}
	if strings.Contains(right, "::") {
		return a, false, false
	}
	return parseGroups(left, strings.Trim(right, ":"), true)
}

// parseGroups puts the groups of left at the start and those of right at the end.
func parseGroups(left, right string, compressed bool) (a address, dotted, ok bool) {
	var head, tail [8]uint16
	n, dottedLeft, ok := readGroups(left, &head, !compressed)
	m, dottedRight, ok2 := readGroups(right, &tail, true)
	if !ok || !ok2 || compressed && n+m > 7 || !compressed && n != 8 {
		return a, false, false
	}
	copy(head[8-m:], tail[:m])
	a.six = true
	for i := range 4 {
		a.high = a.high<<16 | uint64(head[i])
		a.low = a.low<<16 | uint64(head[i+4])
	}
	return a, dottedLeft || dottedRight, true
}

// readGroups reads colon-separated hexadecimal groups; the last may be dotted IPv4 when that is where an address ends.
func readGroups(s string, groups *[8]uint16, last bool) (n int, dotted, ok bool) {
	for more := s != ""; more; {
		var text string
		text, s, more = strings.Cut(s, ":")
		if n == 8 {
			return 0, false, false
		}
		if last && !more && n < 7 && strings.Contains(text, ".") {
			four, ok := parseIPv4(text)
			groups[n], groups[n+1] = uint16(four.low>>16), uint16(four.low)
			return n + 2, true, ok
		}
		if groups[n], ok = parseHexadecimal(text); !ok {
			return 0, false, false
		}
		n++
	}
	return n, false, true
}

func parseHexadecimal(s string) (uint16, bool) {
	if s == "" || len(s) > 4 {
		return 0, false
	}
	var n uint16
	for i := range len(s) {
		switch b := s[i]; {
		case '0' <= b && b <= '9':
			n = n<<4 | uint16(b-'0')
		case 'a' <= b|0x20 && b|0x20 <= 'f':
			n = n<<4 | uint16(b|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return n, true
}
