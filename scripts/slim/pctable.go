package main

import (
	"encoding/binary"
	"fmt"
)

// A stretch says that a value holds up to a program counter, counted from the start of its function.
type stretch struct {
	value int32
	to    uint32
}

// readTable reads the table at an offset as runtime.step does; stretches that hold nowhere are left out, and neighbours
// with one value are one.
func readTable(pctab []byte, offset uint32) ([]stretch, error) {
	if uint64(offset) >= uint64(len(pctab)) {
		return nil, fmt.Errorf("%w: a table by program counter starts at %#x", errLayout, offset)
	}
	r := reader{rest: pctab[offset:]}
	var stretches []stretch
	value, pc := int32(-1), uint32(0)
	for {
		delta := uint32(r.uint())
		if delta == 0 && pc != 0 || r.err != nil {
			break
		}
		value += int32(-(delta & 1) ^ delta>>1)
		step := uint32(r.uint())
		pc += step
		switch last := len(stretches) - 1; {
		case step == 0:
		case last >= 0 && stretches[last].value == value:
			stretches[last].to = pc
		default:
			stretches = append(stretches, stretch{value, pc})
		}
	}
	if r.err != nil {
		return nil, fmt.Errorf("%w: the table by program counter at %#x has no end", errLayout, offset)
	}
	return stretches, nil
}

// appendTable is the inverse of readTable. There is at least one run.
func appendTable(b []byte, stretches []stretch) []byte {
	value, pc := int32(-1), uint32(0)
	for _, r := range stretches {
		delta := r.value - value
		b = binary.AppendUvarint(b, uint64(uint32(delta<<1^delta>>31)))
		b = binary.AppendUvarint(b, uint64(r.to-pc))
		value, pc = r.value, r.to
	}
	return append(b, 0)
}
