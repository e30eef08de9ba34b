package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// What Go 1.26 lays out for js/wasm: runtime/symtab.go, runtime/runtime2.go, internal/abi/symtab.go,
// cmd/link/internal/ld/pcln.go.
const (
	word       = 8
	headerSize = 9 * word
	funcSize   = 11 * 4 // of a runtime._func before its tables

	inlinedCallSize = 16
)

// headerStart is the start of a runtime.pcHeader: magic, padding, instruction quantum 1, size of a pointer.
var headerStart = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, word}

// Fields of a runtime._func, by offset.
const (
	fieldEntry     = 0
	fieldPCSP      = 16
	fieldPCFile    = 20
	fieldPCLine    = 24
	fieldNPCData   = 28
	fieldCU        = 32
	fieldStartLine = 36
	fieldNFuncData = 43 // one byte
)

// Tables of a function by program counter, and data of a function, by index.
const (
	unsafePoints = 0
	argLiveIndex = 3

	inlineTree  = 3
	argInfo     = 5
	argLiveInfo = 6
	wrapInfo    = 7
)

// none stands for data that a function does not have.
const none = ^uint32(0)

// span is a range of addresses.
type span struct{ from, to uint64 }

func (s span) of(image []byte) []byte { return image[s.from:s.to] }

// tables are where runtime.firstmoduledata says that the tables for tracing stacks are.
type tables struct {
	image []byte
	count int // functions

	files    span // cutab and filetab
	pctab    span
	pcln     span // ftab, then one runtime._func after the other
	funcdata span // runtime.moduledata.gofunc up to findfunctab
}

var errLayout = errors.New("not the layout of Go 1.26 that slim knows")

// findTables finds the tables by the one header that a module data record agrees with.
func findTables(image []byte) (*tables, error) {
	var found []*tables
	for at := 0; ; at += word {
		next := bytes.Index(image[at:], headerStart)
		if next < 0 {
			break
		}
		at += next
		if at%word != 0 {
			at -= at % word
			continue
		}
		if t := tablesAt(image, uint64(at)); t != nil {
			found = append(found, t)
		}
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%w: %d tables of functions", errLayout, len(found))
	}
	return found[0], nil
}

// tablesAt reads the header at an address and looks for its module data record; nil if either does not fit.
func tablesAt(image []byte, at uint64) *tables {
	if at+headerSize > uint64(len(image)) {
		return nil
	}
	var offsets [5]uint64 // function names, compilation units, files, tables by program counter, functions
	for i := range offsets {
		offsets[i] = binary.LittleEndian.Uint64(image[at+4*word+uint64(i)*word:])
		before := uint64(headerSize)
		if i > 0 {
			before = offsets[i-1]
		}
		if offsets[i] < before || at+offsets[i] > uint64(len(image)) {
			return nil
		}
	}
	start := binary.LittleEndian.AppendUint64(nil, at)
	start = binary.LittleEndian.AppendUint64(start, at+offsets[0])
	record := bytes.Index(image, start)
	if record < 0 || record%word != 0 || record+moduleDataSize > len(image) {
		return nil
	}
	field := func(i int) uint64 { return binary.LittleEndian.Uint64(image[record+i*word:]) }
	t := &tables{
		image:    image,
		count:    int(binary.LittleEndian.Uint64(image[at+word:])),
		files:    span{at + offsets[1], at + offsets[3]},
		pctab:    span{at + offsets[3], at + offsets[4]},
		pcln:     span{at + offsets[4], field(fieldGoFunc)},
		funcdata: span{field(fieldGoFunc), field(fieldFindFuncTab)},
	}
	for i, want := range []uint64{at + offsets[1], at + offsets[2], at + offsets[3], at + offsets[4], at + offsets[4]} {
		if field(fieldCUTab+3*i) != want {
			return nil
		}
	}
	length := t.pctab.to - t.pctab.from
	if field(fieldFTab+1) != uint64(t.count)+1 || field(fieldPCTab+1) > length || length-field(fieldPCTab+1) >= word ||
		t.pcln.to < t.pcln.from || t.pcln.from+field(fieldPCLn+1) > t.pcln.to ||
		t.funcdata.to < t.funcdata.from || t.funcdata.to > field(fieldEPCLnTab) || field(fieldEPCLnTab) > uint64(len(image)) {
		return nil
	}
	t.pcln.to = t.pcln.from + field(fieldPCLn+1)
	return t
}

// Fields of runtime.moduledata, in words.
const (
	fieldCUTab       = 4
	fieldPCTab       = 10
	fieldPCLn        = 13
	fieldFTab        = 16
	fieldFindFuncTab = 19
	fieldGoFunc      = 40
	fieldEPCLnTab    = 41

	moduleDataSize = 42 * word
)

// A function is a runtime._func: its record, and the offsets that follow it.
type function struct {
	record   []byte   // funcSize bytes
	pcdata   []uint32 // offsets in pctab; 0 for no table
	funcdata []uint32 // offsets in funcdata; none for nothing
}

func (f *function) field(offset int) uint32 { return binary.LittleEndian.Uint32(f.record[offset:]) }

func (f *function) set(offset int, v uint32) { binary.LittleEndian.PutUint32(f.record[offset:], v) }

// functions reads all functions, in the order of their code.
func (t *tables) functions() ([]function, error) {
	pcln := t.pcln.of(t.image)
	functions := make([]function, t.count)
	for i := range functions {
		if 8*(i+1) > len(pcln) {
			return nil, errLayout
		}
		entry := binary.LittleEndian.Uint32(pcln[8*i:])
		at := int(binary.LittleEndian.Uint32(pcln[8*i+4:]))
		if at+funcSize > len(pcln) {
			return nil, fmt.Errorf("%w: function %d is not in its table", errLayout, i)
		}
		f := function{record: bytes.Clone(pcln[at : at+funcSize])}
		nPC, nData := int(f.field(fieldNPCData)), int(f.record[fieldNFuncData])
		if f.field(fieldEntry) != entry || nPC > 64 || at+funcSize+4*(nPC+nData) > len(pcln) {
			return nil, fmt.Errorf("%w: function %d is not as its table says", errLayout, i)
		}
		rest := pcln[at+funcSize:]
		for j := range nPC + nData {
			v := binary.LittleEndian.Uint32(rest[4*j:])
			if j < nPC {
				f.pcdata = append(f.pcdata, v)
			} else {
				f.funcdata = append(f.funcdata, v)
			}
		}
		functions[i] = f
	}
	return functions, nil
}
