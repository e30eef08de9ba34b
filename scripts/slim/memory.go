package main

import (
	"encoding/binary"
	"fmt"
)

const (
	memorySection = 5
	pageSize      = 64 << 10 // bytes of a WebAssembly page

	// maxMemory is what a program may grow to, in bytes: more than any world of the playground needs, and little enough
	// that a request without end stops the program before it hurts the browser around it. Go asks for no bound.
	maxMemory = 512 << 20
)

// boundMemory gives the one memory of a program a maximum size in bytes. Memory that cannot grow ends a Go program with
// "out of memory".
func boundMemory(sections []section, limit uint64) error {
	for i, s := range sections {
		if s.id != memorySection {
			continue
		}
		r := reader{rest: s.body}
		count, flags, least := r.uint(), r.byte(), r.uint()
		if flags == 1 && r.uint() == limit/pageSize && len(r.rest) == 0 {
			return nil
		}
		if r.err != nil || count != 1 || flags != 0 || len(r.rest) != 0 {
			return fmt.Errorf("%w: not one memory without a bound", errLayout)
		}
		if least*pageSize > limit {
			return fmt.Errorf("the program begins with %d bytes of memory, more than the %d that it may grow to", least*pageSize, limit)
		}
		body := binary.AppendUvarint([]byte{1, 1}, least)
		sections[i].body = binary.AppendUvarint(body, limit/pageSize)
		return nil
	}
	return fmt.Errorf("%w: no memory", errLayout)
}
