package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
)

// compare reads the functions of both, as the runtime would, and says where they are not the same to it.
func compare(before, after *tables) error {
	old, err := before.functions()
	if err != nil {
		return err
	}
	now, err := after.functions()
	if err != nil {
		return err
	}
	for i := range old {
		if err := before.compareFunction(after, &old[i], &now[i]); err != nil {
			return fmt.Errorf("function %d: %w", i, err)
		}
	}
	if what := before.elsewhere(after); what != "" {
		return fmt.Errorf("%s changed", what)
	}
	return before.compareData(after, old)
}

// kept are the fields of a runtime._func that say the same as before: entry, name, arguments and deferreturn, then
// id and flags.
var kept = []span{{fieldEntry, fieldPCSP}, {40, fieldNFuncData}}

func (t *tables) compareFunction(after *tables, old, now *function) error {
	for _, s := range kept {
		if !bytes.Equal(s.of(old.record), s.of(now.record)) {
			return fmt.Errorf("bytes %d to %d changed", s.from, s.to)
		}
	}
	if err := t.compareTable(after, old.field(fieldPCSP), now.field(fieldPCSP)); err != nil {
		return err
	}
	for i := range old.pcdata {
		if !pcdataStays(i) {
			continue
		}
		if err := t.compareTable(after, old.pcdata[i], at(now.pcdata, i, 0)); err != nil {
			return fmt.Errorf("pcdata %d: %w", i, err)
		}
	}
	for i := range old.funcdata {
		if funcdataStays(i) && old.funcdata[i] != at(now.funcdata, i, none) {
			return fmt.Errorf("funcdata %d moved", i)
		}
	}
	return nil
}

func at(offsets []uint32, i int, otherwise uint32) uint32 {
	if i < len(offsets) {
		return offsets[i]
	}
	return otherwise
}

// compareTable compares two tables at every program counter of the old one, and just after.
func (t *tables) compareTable(after *tables, old, now uint32) error {
	for pc := uint32(0); ; pc++ {
		was, ok := t.value(old, pc)
		is, still := after.value(now, pc)
		// The table of a value that is -1 everywhere may have gone: no table means the same.
		if is != was || ok != still && (now != 0 || was != -1) {
			return fmt.Errorf("the table at %#x says %d for %d, and %d was right", now, is, pc, was)
		}
		if !ok || old == 0 {
			return nil
		}
	}
}

// value is runtime.pcvalue for a function that starts at 0; ok is false after the end of the table.
func (t *tables) value(offset, target uint32) (value int32, ok bool) {
	if offset == 0 {
		return -1, true
	}
	p := t.pctab.of(t.image)[offset:]
	value = -1
	for pc := uint32(0); ; {
		delta, n := binary.Uvarint(p)
		if n <= 0 || delta == 0 && pc != 0 {
			return -1, false
		}
		p = p[n:]
		if delta&1 != 0 {
			delta = ^(delta >> 1)
		} else {
			delta >>= 1
		}
		value += int32(delta)
		step, n := binary.Uvarint(p)
		if n <= 0 {
			return -1, false
		}
		p = p[n:]
		pc += uint32(step)
		if target < pc {
			return value, true
		}
	}
}

// elsewhere names what changed outside of the tables that slim writes.
func (t *tables) elsewhere(after *tables) string {
	from := uint64(0)
	for _, s := range []span{t.files, t.pctab, t.pcln, t.funcdata, {uint64(len(t.image)), uint64(len(t.image))}} {
		if between := (span{from, s.from}); !bytes.Equal(between.of(t.image), between.of(after.image)) {
			return fmt.Sprintf("memory from %#x to %#x", between.from, between.to)
		}
		from = s.to
	}
	return ""
}

// compareData compares the data of functions byte by byte, from the start of each to the start of the next.
func (t *tables) compareData(after *tables, functions []function) error {
	old, now := t.funcdata.of(t.image), after.funcdata.of(after.image)
	starts := []uint32{uint32(len(old))}
	for i := range functions {
		for _, offset := range functions[i].funcdata {
			if offset != none {
				starts = append(starts, offset)
			}
		}
	}
	slices.Sort(starts)
	for i := range functions {
		for kind, start := range functions[i].funcdata {
			if start == none || !funcdataStays(kind) {
				continue
			}
			next, _ := slices.BinarySearch(starts, start+1)
			was, is := old[start:starts[next]], now[start:starts[next]]
			if kind == inlineTree {
				was = withoutLines(was)
			}
			if !bytes.Equal(was, is) {
				return fmt.Errorf("the data of a function at %#x changed", start)
			}
		}
	}
	return nil
}

// withoutLines is an inline tree whose functions start at line 0.
func withoutLines(tree []byte) []byte {
	tree = bytes.Clone(tree)
	for at := 0; at+inlinedCallSize <= len(tree); at += inlinedCallSize {
		clear(tree[at+inlinedCallSize-4 : at+inlinedCallSize])
	}
	return tree
}
