package keypair

import (
	"fmt"
	"io"
	"math/big"
	"strconv"

	"kmsplayground/engine/hsm"
)

// Primes finds the two primes of an RSA key, whose product has as many bits as the key, or answers nil for those of the
// table. Neither minus one is a multiple of the public exponent.
type Primes func(bits int, r io.Reader) (p, q *big.Int)

// tablePrimes takes two of the 512 primes of each size that are in a table, because to look for primes takes seconds in a
// page, and the standard library's search ignores a seeded reader. Everybody has this table: a key that is made of it
// protects nothing.
//
// A prime is a number that follows from its size and place in the table, 0 to 511, plus twice the distance that the
// table holds, so that the table is small. TestPrimeTable proves them and -update makes them.
func tablePrimes(bits int, r io.Reader) (p, q *big.Int) {
	b := hsm.Bytes(r, 4)
	i := (int(b[0])<<8 | int(b[1])) % tableSize
	j := (int(b[2])<<8 | int(b[3])) % (tableSize - 1)
	if j >= i {
		j++
	}
	p, q = tablePrime(bits/2, i), tablePrime(bits/2, j)
	if p.Cmp(q) < 0 {
		p, q = q, p
	}
	return p, q
}

const tableSize = 512

func tablePrime(bits, i int) *big.Int {
	distance, err := strconv.ParseUint(primeDistances[bits][4*i:4*i+4], 16, 16)
	if err != nil {
		panic(err)
	}
	p := primeBase(bits, i)
	return p.Add(p, new(big.Int).SetUint64(2*distance))
}

// primeBase is the odd number with its two top bits set from which the search for prime i began.
func primeBase(bits, i int) *big.Int {
	b := hsm.Bytes(hsm.Seeded("KMS Playground RSA primes 1").Reader(fmt.Sprintf("%d/%d", bits, i)), bits/8)
	b[0] |= 0xc0
	b[len(b)-1] |= 1
	return new(big.Int).SetBytes(b)
}
