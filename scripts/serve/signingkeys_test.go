package main

import (
	"bytes"
	"strconv"
	"testing"

	"kmsplayground/engine/wire"
)

// TestSigningKeys holds that what is remembered signs as what would be derived, for each part of the scope, and that the memory
// has a bound.
func TestSigningKeys(t *testing.T) {
	var keys signingKeys
	scope := wire.Scope{Date: "20150830", Region: "us-east-1", Service: "kms", Terminator: "aws4_request"}
	seen := map[string]bool{}
	for _, change := range []func(*wire.Scope) string{
		func(*wire.Scope) string { return "secret" },
		func(*wire.Scope) string { return "other" },
		func(s *wire.Scope) string { s.Date = "20150831"; return "secret" },
		func(s *wire.Scope) string { s.Region = "eu-west-1"; return "secret" },
		func(s *wire.Scope) string { s.Service = "sts"; return "secret" },
		func(s *wire.Scope) string { s.Terminator = "aws5_request"; return "secret" },
	} {
		s := scope
		secret := change(&s)
		text := []byte("text")
		first, second, want := keys.sign(secret, s, text), keys.sign(secret, s, text), wire.Sign(secret, s, text)
		if !bytes.Equal(first, want) || !bytes.Equal(second, want) || seen[string(want)] {
			t.Errorf("%+v: %x, then %x, want %x, which no other scope gives", s, first, second, want)
		}
		seen[string(want)] = true
	}
	for i := range maxSigningKeys + 5 {
		keys.sign("secret", wire.Scope{Date: strconv.Itoa(i)}, nil)
	}
	if len(keys.known) > maxSigningKeys {
		t.Errorf("%d keys are remembered", len(keys.known))
	}
}
