package main

import (
	"crypto/rand"
	"crypto/rsa"
	"io"
	"math/big"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/keypair"
)

// primes are the two of an RSA key, big-endian; nil for none. To look for them takes up to seconds, which only the call
// that needs them waits for: they are found before it has its turn, and are in its record, so that the journal brings
// the same key back at once.
type primes [][]byte

// primesFor finds primes for a call that may make an RSA key.
func primesFor(c engine.Call) (primes, error) {
	switch c.Operation {
	case "CreateKey", "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext", "GetParametersForImport":
	default:
		return nil, nil
	}
	bits := 0
	for _, member := range [...]string{"KeySpec", "CustomerMasterKeySpec", "KeyPairSpec", "WrappingKeySpec"} {
		switch gjson.GetBytes(c.Input, member).Str {
		case "RSA_2048":
			bits = 2048
		case "RSA_3072":
			bits = 3072
		case "RSA_4096":
			bits = 4096
		}
	}
	if bits == 0 || c.Service != "kms" {
		return nil, nil
	}
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		return nil, err
	}
	return primes{key.Primes[0].Bytes(), key.Primes[1].Bytes()}, nil
}

// algorithms are all, with the primes of the call that is being answered. The keys of a document that was run before are
// the document's, from the table that everybody has.
func (c *chance) algorithms() keypair.All {
	return keypair.All{Primes: func(int, io.Reader) (p, q *big.Int) {
		if len(c.rsa) != 2 {
			return nil, nil
		}
		return new(big.Int).SetBytes(c.rsa[0]), new(big.Int).SetBytes(c.rsa[1])
	}}
}
