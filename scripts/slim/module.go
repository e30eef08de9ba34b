package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// Sections by their number in the WebAssembly specification.
const (
	customSection = 0
	dataSection   = 11
)

// A section is its number and what follows its length.
type section struct {
	id   byte
	body []byte
}

// preamble is WebAssembly's magic number and version 1.
var preamble = []byte("\x00asm\x01\x00\x00\x00")

var errTruncated = errors.New("the module ends in the middle of a value")

// A reader takes values off the front of a module; after the first error it yields zeroes.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) byte() byte {
	if b := r.take(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// address reads a constant expression of type i32: an address is never negative below 2 GiB.
func (r *reader) address() uint64 {
	if r.byte() != i32Const {
		r.err = errors.Join(r.err, errors.New("a data segment has no constant address"))
	}
	v, shift := uint64(0), 0
	for {
		b := r.byte()
		v |= uint64(b&0x7f) << shift
		shift += 7
		if b < 0x80 || shift > 28 {
			break
		}
	}
	if r.byte() != end {
		r.err = errors.Join(r.err, errors.New("a data segment has no constant address"))
	}
	return v
}

func (r *reader) take(n uint64) []byte {
	if uint64(len(r.rest)) < n {
		r.fail()
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) fail() {
	r.rest = nil
	if r.err == nil {
		r.err = errTruncated
	}
}

// Instructions of constant expressions.
const (
	i32Const = 0x41
	end      = 0x0b
)

// parseModule splits a module into its sections.
func parseModule(module []byte) ([]section, error) {
	if !bytes.HasPrefix(module, preamble) {
		return nil, errors.New("not a WebAssembly module of version 1")
	}
	r := reader{rest: module[len(preamble):]}
	var sections []section
	for len(r.rest) > 0 {
		id := r.byte()
		sections = append(sections, section{id, r.take(r.uint())})
	}
	return sections, r.err
}

// printModule is the inverse of parseModule.
func printModule(sections []section) []byte {
	module := bytes.Clone(preamble)
	for _, s := range sections {
		module = append(module, s.id)
		module = binary.AppendUvarint(module, uint64(len(s.body)))
		module = append(module, s.body...)
	}
	return module
}

// maxImage bounds the memory a data section may fill, in bytes.
const maxImage = 1 << 28

// parseData reads the memory that a data section leaves behind, from address 0 on.
func parseData(body []byte) ([]byte, error) {
	r := reader{rest: body}
	var image []byte
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		if mode := r.byte(); mode != 0 {
			return nil, fmt.Errorf("a data segment of mode %d", mode)
		}
		at := r.address()
		bytes := r.take(r.uint())
		to := at + uint64(len(bytes))
		if to > maxImage {
			return nil, fmt.Errorf("a data segment ends at %#x", to)
		}
		if missing := int(to) - len(image); missing > 0 {
			image = append(image, make([]byte, missing)...)
		}
		copy(image[at:], bytes)
	}
	if r.err == nil && len(r.rest) > 0 {
		return nil, fmt.Errorf("%d bytes after the last data segment", len(r.rest))
	}
	return image, r.err
}

// A gap is so many zero bytes that leaving them out is worth another segment. Go's linker leaves out eight already:
// its hundred thousand segments are fewer bytes as they are, but more once compressed.
const gap = 512

// printData writes a data section that leaves image behind.
func printData(image []byte) []byte {
	var segments []byte
	n := uint64(0)
	for at := 0; ; {
		at += zeroes(image[at:])
		if at == len(image) {
			break
		}
		to := at
		for to < len(image) {
			skip := zeroes(image[to:])
			if skip >= gap || to+skip == len(image) {
				break
			}
			to += skip + 1
		}
		to = min(to, len(image))
		segments = append(segments, 0, i32Const)
		segments = appendSigned(segments, int64(at))
		segments = append(segments, end)
		segments = binary.AppendUvarint(segments, uint64(to-at))
		segments = append(segments, image[at:to]...)
		n++
		at = to
	}
	return append(binary.AppendUvarint(nil, n), segments...)
}

// zeroes counts the zero bytes at the start of b.
func zeroes(b []byte) int {
	for i, c := range b {
		if c != 0 {
			return i
		}
	}
	return len(b)
}

// appendSigned appends v in signed LEB128.
func appendSigned(b []byte, v int64) []byte {
	for {
		c := byte(v & 0x7f)
		v >>= 7
		if v == 0 && c&0x40 == 0 || v == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}
