package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// slim returns the smaller program, or an error if the program is not as slim knows it.
func slim(program []byte) ([]byte, error) {
	sections, err := parseModule(program)
	if err != nil {
		return nil, err
	}
	if err := checkVersion(sections); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(sections, func(s section) bool { return s.id == dataSection })
	if i < 0 {
		return nil, fmt.Errorf("%w: no data section", errLayout)
	}
	image, err := parseData(sections[i].body)
	if err != nil {
		return nil, err
	}
	smaller, err := slimImage(image)
	if err != nil {
		return nil, err
	}
	sections[i].body = printData(smaller)
	if again, err := parseData(sections[i].body); err != nil || !bytes.HasPrefix(smaller, again) || len(bytes.Trim(smaller[len(again):], "\x00")) > 0 {
		panic("the data section reads back as something else")
	}
	if err := boundMemory(sections, maxMemory); err != nil {
		return nil, err
	}
	return printModule(sections), nil
}

// checkVersion refuses programs of another Go than the one whose tables slim knows.
func checkVersion(sections []section) error {
	for _, s := range sections {
		r := reader{rest: s.body}
		if s.id != customSection || string(r.take(r.uint())) != "producers" {
			continue
		}
		for fields := r.uint(); fields > 0 && r.err == nil; fields-- {
			field := string(r.take(r.uint()))
			for values := r.uint(); values > 0 && r.err == nil; values-- {
				name, version := string(r.take(r.uint())), string(r.take(r.uint()))
				if field != "language" || name != "Go" {
					continue
				}
				if version != "go1.26" && !strings.HasPrefix(version, "go1.26.") {
					return fmt.Errorf("compiled by %s, and slim knows the tables of Go 1.26 only", version)
				}
				return nil
			}
		}
	}
	return fmt.Errorf("%w: it does not say that Go compiled it", errLayout)
}

// slimImage returns memory with the same functions in smaller tables. No address changes: what is saved is zero.
func slimImage(image []byte) ([]byte, error) {
	before, err := findTables(image)
	if err != nil {
		return nil, err
	}
	functions, err := before.functions()
	if err != nil {
		return nil, err
	}
	after := *before
	after.image = bytes.Clone(image)
	clear(after.files.of(after.image))
	if err := after.clearData(functions); err != nil {
		return nil, err
	}
	for i := range functions {
		functions[i].forget()
	}
	if err := after.packTables(functions); err != nil {
		return nil, err
	}
	after.packFunctions(functions)
	return after.image, compare(before, &after)
}

// forget takes away what only traces read.
func (f *function) forget() {
	f.set(fieldPCFile, 0)
	f.set(fieldPCLine, 0)
	f.set(fieldCU, 0)
	f.set(fieldStartLine, 0)
	for i := range f.pcdata {
		if !pcdataStays(i) {
			f.pcdata[i] = 0
		}
	}
	for i := range f.funcdata {
		if !funcdataStays(i) {
			f.funcdata[i] = none
		}
	}
	for n := len(f.funcdata); n > 0 && f.funcdata[n-1] == none; n-- {
		f.funcdata = f.funcdata[:n-1]
	}
	f.record[fieldNFuncData] = byte(len(f.funcdata))
}

// Unsafe points are for preemption by signals, which js/wasm does not have.
func pcdataStays(i int) bool { return i != unsafePoints && i != argLiveIndex }

func funcdataStays(i int) bool { return i != argInfo && i != argLiveInfo && i != wrapInfo }

// packTables writes the tables by program counter that stay, each once. At offset 0 there is none.
func (t *tables) packTables(functions []function) error {
	old := bytes.Clone(t.pctab.of(t.image))
	packed := []byte{0}
	places := map[string]uint32{}
	place := func(offset uint32) (uint32, error) {
		if offset == 0 {
			return 0, nil
		}
		stretches, err := readTable(old, offset)
		if err != nil || len(stretches) == 0 {
			return 0, err
		}
		table := appendTable(nil, stretches)
		at, ok := places[string(table)]
		if !ok {
			at = uint32(len(packed))
			places[string(table)] = at
			packed = append(packed, table...)
		}
		return at, nil
	}
	for i := range functions {
		f := &functions[i]
		at, err := place(f.field(fieldPCSP))
		if err != nil {
			return err
		}
		f.set(fieldPCSP, at)
	}
	kinds := 0
	for i := range functions {
		kinds = max(kinds, len(functions[i].pcdata))
	}
	for kind := range kinds {
		for i := range functions {
			f := &functions[i]
			if kind >= len(f.pcdata) {
				continue
			}
			at, err := place(f.pcdata[kind])
			if err != nil {
				return err
			}
			f.pcdata[kind] = at
		}
	}
	if len(packed) > len(old) {
		return fmt.Errorf("%w: the tables by program counter do not fit", errLayout)
	}
	clear(t.pctab.of(t.image))
	copy(t.pctab.of(t.image), packed)
	for i := range functions {
		f := &functions[i]
		for n := len(f.pcdata); n > 0 && f.pcdata[n-1] == 0; n-- {
			f.pcdata = f.pcdata[:n-1]
		}
		f.set(fieldNPCData, uint32(len(f.pcdata)))
	}
	return nil
}

// packFunctions writes the functions one after the other, aligned as the linker does.
func (t *tables) packFunctions(functions []function) {
	pcln := t.pcln.of(t.image)
	at := 8*len(functions) + 4
	clear(pcln[at:])
	for i, f := range functions {
		at = (at + word - 1) / word * word
		binary.LittleEndian.PutUint32(pcln[8*i+4:], uint32(at))
		at += copy(pcln[at:], f.record)
		for _, v := range slices.Concat(f.pcdata, f.funcdata) {
			binary.LittleEndian.PutUint32(pcln[at:], v)
			at += 4
		}
	}
}

// clearData clears the data of functions that nothing refers to any more, and the lines in inline trees.
func (t *tables) clearData(functions []function) error {
	data := t.funcdata.of(t.image)
	starts := []uint32{uint32(len(data))}
	stays := map[uint32]bool{}
	trees := map[uint32]bool{}
	for _, f := range functions {
		for i, offset := range f.funcdata {
			if offset == none {
				continue
			}
			if uint64(offset) >= uint64(len(data)) {
				return fmt.Errorf("%w: data of a function starts at %#x", errLayout, offset)
			}
			starts = append(starts, offset)
			stays[offset] = stays[offset] || funcdataStays(i)
			trees[offset] = trees[offset] || i == inlineTree
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	for i, start := range starts[:len(starts)-1] {
		piece := data[start:starts[i+1]]
		if !stays[start] {
			clear(piece)
		}
		if trees[start] {
			for at := 0; at+inlinedCallSize <= len(piece); at += inlinedCallSize {
				clear(piece[at+12 : at+16])
			}
		}
	}
	return nil
}
