package keypair

import (
	"bytes"
	"crypto/sha3"
)

// Verification of an ML-DSA signature from the message representative μ: algorithm 8 of FIPS 204, and what it needs. The
// numbers of algorithms below are that document's.

const (
	ringQ = 8380417
	ringD = 13 // bits dropped from t
)

// ring is a parameter set.
type ring struct {
	k, l     int
	tau      int // non-zero coefficients of the challenge
	strength int // λ/4, bytes of the challenge's hash
	gamma1   int // as the power of two
	gamma2   int
	omega    int // ones of the hint
	beta     int
}

var ringParameters = map[string]ring{
	"ML_DSA_44": {4, 4, 39, 32, 17, (ringQ - 1) / 88, 80, 78},
	"ML_DSA_65": {6, 5, 49, 48, 19, (ringQ - 1) / 32, 55, 196},
	"ML_DSA_87": {8, 7, 60, 64, 19, (ringQ - 1) / 32, 75, 120},
}

// polynomial has coefficients in [0, q).
type polynomial [256]uint32

func (p ring) verify(public, mu, signature []byte) bool {
	zSize := 32 * (p.gamma1 + 1)
	if len(signature) != p.strength+p.l*zSize+p.omega+p.k {
		return false
	}
	challenge, packed := signature[:p.strength], signature[p.strength:]
	hint, ok := p.hint(packed[p.l*zSize:])
	if !ok {
		return false
	}
	z := make([]polynomial, p.l)
	for i := range z {
		if z[i], ok = p.response(packed[i*zSize : (i+1)*zSize]); !ok {
			return false
		}
		z[i].ntt()
	}
	c := p.sampleInBall(challenge)
	c.ntt()
	h := sha3.NewSHAKE256()
	h.Write(mu)
	for row := range p.k {
		w := p.commitment(public, row, z, &c)
		h.Write(p.encodeHigh(&w, &hint[row]))
	}
	again := make([]byte, p.strength)
	h.Read(again)
	return bytes.Equal(again, challenge)
}

// commitment is a row of Az − c·t₁·2ᵈ.
func (p ring) commitment(public []byte, row int, z []polynomial, c *polynomial) (w polynomial) {
	for column := range z {
		a := sampleNTT(public[:32], byte(column), byte(row))
		for i := range w {
			w[i] = (w[i] + multiply(a[i], z[column][i])) % ringQ
		}
	}
	var t polynomial
	bits := bitReader{text: public[32+320*row:]}
	for i := range t {
		t[i] = bits.next(10) << ringD
	}
	t.ntt()
	for i := range w {
		w[i] = (w[i] + ringQ - multiply(c[i], t[i])) % ringQ
	}
	w.inverse()
	return w
}

// response unpacks a polynomial of z; ok is false when a coefficient is too large.
func (p ring) response(text []byte) (z polynomial, ok bool) {
	bits := bitReader{text: text}
	for i := range z {
		v := 1<<p.gamma1 - int(bits.next(p.gamma1+1))
		if bound := 1<<p.gamma1 - p.beta; v >= bound || v <= -bound {
			return z, false
		}
		z[i] = uint32((v + ringQ) % ringQ)
	}
	return z, true
}

// hint is HintBitUnpack (21).
func (p ring) hint(y []byte) (h [][256]bool, ok bool) {
	h = make([][256]bool, p.k)
	index := 0
	for i := range h {
		end := int(y[p.omega+i])
		if end < index || end > p.omega {
			return nil, false
		}
		for first := index; index < end; index++ {
			if index > first && y[index-1] >= y[index] {
				return nil, false
			}
			h[i][y[index]] = true
		}
	}
	return h, len(bytes.Trim(y[index:p.omega], "\x00")) == 0
}

// encodeHigh is UseHint (40) and w1Encode (28) of one polynomial.
func (p ring) encodeHigh(w *polynomial, hint *[256]bool) []byte {
	m, width := (ringQ-1)/(2*p.gamma2), 4
	if m == 44 {
		width = 6
	}
	out := make([]byte, 32*width)
	for i, coefficient := range w {
		high, low := p.decompose(int(coefficient))
		switch {
		case hint[i] && low > 0:
			high = (high + 1) % m
		case hint[i]:
			high = (high + m - 1) % m
		}
		for bit := range width {
			at := i*width + bit
			out[at/8] |= byte(high>>bit&1) << (at % 8)
		}
	}
	return out
}

// decompose is Decompose (36).
func (p ring) decompose(r int) (high, low int) {
	if low = r % (2 * p.gamma2); low > p.gamma2 {
		low -= 2 * p.gamma2
	}
	if r-low == ringQ-1 {
		return 0, low - 1
	}
	return (r - low) / (2 * p.gamma2), low
}

// sampleInBall is SampleInBall (29).
func (p ring) sampleInBall(seed []byte) (c polynomial) {
	h := sha3.NewSHAKE256()
	h.Write(seed)
	var signs [8]byte
	h.Read(signs[:])
	for n := range p.tau {
		i := 256 - p.tau + n
		j := []byte{255}
		for h.Read(j); int(j[0]) > i; {
			h.Read(j)
		}
		c[i] = c[j[0]]
		if c[j[0]] = 1; signs[n/8]>>(n%8)&1 == 1 {
			c[j[0]] = ringQ - 1
		}
	}
	return c
}

// sampleNTT is RejNTTPoly (30) of an element of the matrix A.
func sampleNTT(rho []byte, column, row byte) (a polynomial) {
	h := sha3.NewSHAKE128()
	h.Write(rho)
	h.Write([]byte{column, row})
	var b [3]byte
	for i := 0; i < len(a); {
		h.Read(b[:])
		if v := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2]&0x7f)<<16; v < ringQ {
			a[i] = v
			i++
		}
	}
	return a
}

func multiply(a, b uint32) uint32 { return uint32(uint64(a) * uint64(b) % ringQ) }

// zetas are the powers of the 512th root of unity 1753 in bit-reversed order.
func zetas() (z [256]uint32) {
	power := uint32(1)
	for i := range 256 {
		reversed := 0
		for bit := range 8 {
			reversed |= i >> bit & 1 << (7 - bit)
		}
		z[reversed] = power
		power = multiply(power, 1753)
	}
	return z
}

// ntt is NTT (41).
func (w *polynomial) ntt() {
	z, m := zetas(), 0
	for half := 128; half >= 1; half /= 2 {
		for start := 0; start < 256; start += 2 * half {
			m++
			for j := start; j < start+half; j++ {
				t := multiply(z[m], w[j+half])
				w[j+half] = (w[j] + ringQ - t) % ringQ
				w[j] = (w[j] + t) % ringQ
			}
		}
	}
}

// inverse is NTT⁻¹ (42).
func (w *polynomial) inverse() {
	z, m := zetas(), 256
	for half := 1; half < 256; half *= 2 {
		for start := 0; start < 256; start += 2 * half {
			m--
			for j := start; j < start+half; j++ {
				t := w[j]
				w[j] = (t + w[j+half]) % ringQ
				w[j+half] = multiply(ringQ-z[m], (t+ringQ-w[j+half])%ringQ)
			}
		}
	}
	for i := range w {
		w[i] = multiply(w[i], 8347681) // 1/256
	}
}

// bitReader reads numbers of some bits, the low ones first.
type bitReader struct {
	text []byte
	at   int
}

func (r *bitReader) next(bits int) (v uint32) {
	for i := range bits {
		v |= uint32(r.text[r.at/8]>>(r.at%8)&1) << i
		r.at++
	}
	return v
}
