// Package hsm holds key material and chance. It is the only room that sees key bytes.
package hsm

import "io"

// Entropy is where a world's chance comes from. Reader returns an endless stream of bytes for a purpose; asked twice
// for the same purpose, a seeded source gives the same bytes. Purposes name what is made and its ordinal
// ("kms/111122223333/us-east-1/key/3"), so that a call which is added to or taken out of a scenario does not change the ids and keys of
// the others.
type Entropy interface {
	Reader(purpose string) io.Reader
}
