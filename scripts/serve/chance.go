package main

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"io"
	"strings"

	"kmsplayground/engine/hsm"
)

// seedSize is the number of bytes from which the chance of a call, or of a world, follows.
const seedSize = 32

func newSeed() []byte {
	seed := make([]byte, seedSize)
	rand.Read(seed) // never fails
	return seed
}

// chance is the entropy of the endpoint's world. It comes from the machine's randomness, so that no nonce and no key is
// drawn twice, not even by a server that forgot the calls that change nothing. A call that the journal keeps draws from
// a seed of its own: a journal that knows the seeds brings the same world back.
//
// What time brings about, such as a rotation, and the AWS managed keys, which come into being by being asked for, follow
// from the seed of the world and from what they are for.
type chance struct {
	world   hsm.Entropy
	machine *bufio.Reader // asking the system for a few bytes costs as much as for many
	call    io.Reader     // nil between calls
	rsa     primes        // for the RSA key that the call may make
}

func newChance(world hsm.Entropy) *chance {
	return &chance{world: world, machine: bufio.NewReaderSize(rand.Reader, 1024)}
}

// beginUnkept lets a call draw what nobody needs to draw again.
func (c *chance) beginUnkept(rsa primes) { c.call, c.rsa = c.machine, rsa }

// begin makes the seed of a call, which no other call has, the key of its stream.
func (c *chance) begin(seed []byte, rsa primes) {
	block, err := aes.NewCipher(seed)
	if err != nil {
		panic(err) // seeds have the size of a key
	}
	c.rsa = rsa
	c.call = cipher.StreamReader{S: cipher.NewCTR(block, make([]byte, aes.BlockSize)), R: zeros{}}
}

// zeros is an endless stream of them.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func (c *chance) end() { c.call, c.rsa = nil, nil }

// Reader returns the stream of the call that is being answered, whatever it is for.
func (c *chance) Reader(purpose string) io.Reader {
	if c.call == nil || strings.Contains(purpose, "/aws/") {
		return c.world.Reader(purpose)
	}
	return c.call
}
