package keypair

// DER, written and read by hand: crypto/x509 is too large to carry along.

func version(n byte) []byte { return []byte{0x02, 0x01, n} }

// der is one DER element around its parts.
func der(tag byte, parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	out := []byte{tag}
	switch {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	default:
		out = append(out, 0x82, byte(n>>8), byte(n))
	}
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// bitString is a BIT STRING of whole bytes.
func bitString(parts ...[]byte) []byte { return der(0x03, append([][]byte{{0}}, parts...)...) }

// integer is a positive INTEGER.
func integer(b []byte) []byte {
	for len(b) > 1 && b[0] == 0 {
		b = b[1:]
	}
	if len(b) == 0 || b[0] >= 0x80 {
		return der(0x02, []byte{0}, b)
	}
	return der(0x02, b)
}

// undo takes one element of a tag off the front; ok is false when there is none, or its length is not written the
// shortest way.
func undo(tag byte, text []byte) (content, rest []byte, ok bool) {
	if len(text) < 2 || text[0] != tag {
		return nil, nil, false
	}
	n, head := int(text[1]), 2
	switch {
	case n == 0x81 && len(text) > 2 && text[2] >= 0x80:
		n, head = int(text[2]), 3
	case n == 0x82 && len(text) > 3 && text[2] > 0:
		n, head = int(text[2])<<8|int(text[3]), 4
	case n >= 0x80:
		return nil, nil, false
	}
	if len(text)-head < n {
		return nil, nil, false
	}
	return text[head : head+n], text[head+n:], true
}

// undoWhole is undo of a text that holds nothing else.
func undoWhole(tag byte, text []byte) (content []byte, ok bool) {
	content, rest, ok := undo(tag, text)
	return content, ok && len(rest) == 0
}

// undoPublic takes the algorithm, the content of its SEQUENCE, and the bits out of a SubjectPublicKeyInfo.
func undoPublic(spki []byte) (algorithm, bits []byte, ok bool) {
	info, ok := undoWhole(0x30, spki)
	if !ok {
		return nil, nil, false
	}
	algorithm, rest, ok := undo(0x30, info)
	if !ok {
		return nil, nil, false
	}
	bits, ok = undoWhole(0x03, rest)
	if !ok || len(bits) < 1 || bits[0] != 0 {
		return nil, nil, false
	}
	return algorithm, bits[1:], true
}

// undoPrivate takes the algorithm and the private key, the content of its OCTET STRING, out of a PKCS #8. Attributes and
// the public key that may follow are not looked at.
func undoPrivate(pkcs8 []byte) (algorithm, private []byte, ok bool) {
	info, ok := undoWhole(0x30, pkcs8)
	if !ok {
		return nil, nil, false
	}
	number, rest, ok := undo(0x02, info)
	if !ok || len(number) != 1 || number[0] > 1 {
		return nil, nil, false
	}
	algorithm, rest, ok = undo(0x30, rest)
	if !ok {
		return nil, nil, false
	}
	private, _, ok = undo(0x04, rest)
	return algorithm, private, ok
}
