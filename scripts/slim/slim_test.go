package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// compiled is the stress program as Go compiles it.
func compiled(t *testing.T) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "stress.wasm")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./testdata/stress")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%s: %s", err, text)
	}
	program, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// execute runs a program under Node and returns what it printed.
func execute(t *testing.T, program []byte, gogc string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program.wasm")
	if err := os.WriteFile(file, program, 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/go_js_wasm_exec"), append([]string{file}, args...)...)
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "GOGC=" + gogc}
	var out, failure bytes.Buffer
	command.Stdout, command.Stderr = &out, &failure
	var exit *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), failure.String(), command.ProcessState.ExitCode()
}

// A slim program does what it did, however often garbage is collected.
func TestSlim(t *testing.T) {
	program := compiled(t)
	smaller, err := slim(program)
	if err != nil {
		t.Fatal(err)
	}
	again, err := slim(smaller)
	if err != nil || !bytes.Equal(again, smaller) {
		t.Errorf("slimming again changed something: %v", err)
	}
	for _, gogc := range []string{"off", "100", "1"} {
		want, _, _ := execute(t, program, gogc)
		got, failure, status := execute(t, smaller, gogc)
		if got != want || status != 0 || !strings.Contains(want, "cleaned 45") {
			t.Errorf("GOGC=%s: status %d\n%s\n%s\nwant\n%s", gogc, status, got, failure, want)
		}
	}
}

// places are what a trace no longer shows: arguments, and where a function is written.
var places = regexp.MustCompile(`(?m)\([^()\n]*\)$|^\t.*$|\(0x[^()\n]*\)`)

// scheduler is the trace of the scheduler's own stack, which Go prints in WASM as a dump of whatever bytes lie there.
var scheduler = regexp.MustCompile(`(?s)runtime stack:\n.*?\n\ngoroutine `)

// others are the traces of the runtime's own goroutines, which may wait or sleep at the moment of a crash.
var others = regexp.MustCompile(`(?s)(\ngoroutine 1 .*?)\n\ngoroutine .*`)

// stable is what two traces of the same crash have in common: the reason, and the goroutine that crashed.
func stable(trace string) string {
	trace = scheduler.ReplaceAllString(trace, "goroutine ")
	return places.ReplaceAllString(others.ReplaceAllString(trace, "$1"), "")
}

// A crash still names its reason and the functions it happened in.
func TestCrash(t *testing.T) {
	program := compiled(t)
	smaller, err := slim(program)
	if err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"panic", "overflow"} {
		_, want, status := execute(t, program, "100", how)
		_, got, now := execute(t, smaller, "100", how)
		if got, want := stable(got), stable(want); got != want || now != status {
			t.Errorf("%s: status %d\n%s\nwant %d\n%s", how, now, got, status, want)
		}
		if !strings.Contains(got, "main.crash") || strings.Contains(got, ".go:") {
			t.Errorf("%s: the trace has lost its names or kept its files:\n%s", how, got)
		}
	}
}

func TestRefuse(t *testing.T) {
	program := compiled(t)
	sections, err := parseModule(program)
	if err != nil {
		t.Fatal(err)
	}
	changed := func(id byte, change func(body []byte) []byte) []byte {
		var copies []section
		for _, s := range sections {
			if s.id == id {
				s.body = change(bytes.Clone(s.body))
			}
			copies = append(copies, s)
		}
		return printModule(copies)
	}
	image := func(change func(image []byte)) []byte {
		return changed(dataSection, func(body []byte) []byte {
			image, err := parseData(body)
			if err != nil {
				t.Fatal(err)
			}
			change(image)
			return printData(image)
		})
	}
	check := func(name string, program []byte, want string) {
		t.Helper()
		if out, err := slim(program); out != nil || err == nil || err.Error() != want {
			t.Errorf("%s: %d bytes, error %v\nwant %s", name, len(out), err, want)
		}
	}
	const layout = "not the layout of Go 1.26 that slim knows"
	version := []byte(runtime.Version())
	later := append([]byte("go1.27"), version[len("go1.27"):]...)
	check("empty", nil, "not a WebAssembly module of version 1")
	check("cut", program[:len(program)-9], "the module ends in the middle of a value")
	check("no data", changed(dataSection, func([]byte) []byte { return nil }), "the module ends in the middle of a value")
	check("not from Go", changed(customSection, func([]byte) []byte { return []byte("\x04name") }), layout+": it does not say that Go compiled it")
	check("later Go", changed(customSection, func(b []byte) []byte { return bytes.ReplaceAll(b, version, later) }),
		"compiled by "+string(later)+", and slim knows the tables of Go 1.26 only")
	check("no memory", changed(dataSection, func([]byte) []byte { return []byte{0} }), layout+": 0 tables of functions")
	check("passive segment", changed(dataSection, func([]byte) []byte { return []byte{1, 1, 0} }), "a data segment of mode 1")
	check("other magic", image(func(b []byte) { b[bytes.Index(b, headerStart)] = 0xf0 }), layout+": 0 tables of functions")
	check("count of functions", image(func(b []byte) { b[bytes.Index(b, headerStart)+word]++ }), layout+": 0 tables of functions")
	check("entry", image(func(b []byte) {
		found, err := findTables(b)
		if err != nil {
			t.Fatal(err)
		}
		found.pcln.of(b)[8]++
	}), layout+": function 1 is not as its table says")
	check("data outside", image(func(b []byte) {
		found, err := findTables(b)
		if err != nil {
			t.Fatal(err)
		}
		pcln := found.pcln.of(b)
		at := binary.LittleEndian.Uint32(pcln[4:])
		binary.LittleEndian.PutUint32(pcln[at+fieldPCSP:], 0x7fffffff)
	}), layout+": a table by program counter starts at 0x7fffffff")
}

func TestTables(t *testing.T) {
	for _, row := range []struct {
		table string
		want  []stretch
		short string // how slim writes it, if other
	}{
		{"\x02\x05\x00", []stretch{{0, 5}}, ""},
		{"\x02\x05\x20\x03\x1f\x01\x00", []stretch{{0, 5}, {16, 8}, {0, 9}}, ""},
		{"\x00\x05\x00", []stretch{{-1, 5}}, ""},
		{"\x02\x00\x20\x04\x00", []stretch{{16, 4}}, "\x22\x04\x00"},
		{"\x02\x05\x20\x00\x1f\x02\x00", []stretch{{0, 7}}, "\x02\x07\x00"},
		{"\x02\x85\x01\x03\x01\x00", []stretch{{0, 133}, {-2, 134}}, ""},
	} {
		pctab := append([]byte{0}, row.table...)
		got, err := readTable(pctab, 1)
		if err != nil || !reflect.DeepEqual(got, row.want) {
			t.Errorf("%q: %v, %v", row.table, got, err)
			continue
		}
		want := row.short
		if want == "" {
			want = row.table
		}
		if again := string(appendTable(nil, got)); again != want {
			t.Errorf("%q: written as %q, want %q", row.table, again, want)
		}
		if _, err := readTable(pctab[:len(pctab)-1], 1); err == nil {
			t.Errorf("%q is read without its end", row.table)
		}
	}
}

// Memory survives however the zeroes in it lie.
func TestData(t *testing.T) {
	for _, image := range [][]byte{
		{}, {1}, {0, 1}, bytes.Repeat([]byte{0, 7}, 5000),
		slab(1, gap-1, 2), slab(1, gap, 2), slab(0, gap+1, 9, gap*200, 3, 70, 4), append(make([]byte, 3*gap), 5),
	} {
		got, err := parseData(printData(image))
		if err != nil || !bytes.Equal(got, image) {
			t.Errorf("%d bytes: %d came back, %v", len(image), len(got), err)
		}
	}
}

// slab is memory of values, alternating with numbers of zeroes.
func slab(values ...int) []byte {
	var b []byte
	for i, v := range values {
		if i%2 == 0 {
			b = append(b, byte(v|1))
		} else {
			b = append(b, make([]byte, v)...)
		}
	}
	return b
}
