// Package scripts holds what makes calls; its own tests keep the rules of the house that the compiler does not.
package scripts

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	top    = ".."
	module = "kmsplayground/"
)

// entries are all there is at the top of the repository, besides names that start with a dot.
var entries = []string{"LICENSE", "Makefile", "README.md", "engine", "go.mod", "go.sum", "scripts", "site", "wasm"}

// rooms are the packages of engine/ from the bottom up: imports point to earlier rooms only, and to no more of them
// than stand beside a room. "all" are all earlier ones. The root of engine/ is ".".
var rooms = []struct{ name, imports string }{
	{"source", ""},
	{"arn", ""},
	{"clock", ""},
	{"catalog", ""},
	{"hsm", ""},
	{"condition", "arn"},
	{"policy", "source arn catalog condition"},
	{"iam", "source arn clock catalog hsm condition policy"}, // hsm for the entropy of ids and access keys
	{"authz", "source arn clock condition policy iam"},
	{"simulate", "source arn catalog condition policy iam authz"},
	{"kms", "all"},
	{"service", "arn catalog hsm condition policy iam authz kms"},
	{"cloudtrail", "arn"},
	{".", "all"},
	{"advise", "all"},
	{"awscli", "catalog ."},
	{"shell", "awscli ."},
	{"scenario", "source arn policy awscli shell ."}, // arn, policy and awscli to write a change down as a command
	{"capture", "arn catalog policy awscli scenario ."},
	{"wire", "all"},
	{"keypair", "hsm"}, // the last, so that no room imports it: programs choose whether to carry it
}

// modules are the rooms that may import code of others; gjson and uuid are for all.
var modules = map[string]string{
	"github.com/jmespath/go-jmespath": "awscli",
	"mvdan.cc/sh/v3":                  "shell",
}

// file is a Go file of this repository that is not a test.
type file struct {
	name    string // "engine/arn/arn.go"
	ast     *ast.File
	set     *token.FileSet
	imports []string
}

func (f file) room() string { return path.Dir(strings.TrimPrefix(f.name, "engine/")) }

// files parses the Go files below dir.
func files(t *testing.T, dir string) []file {
	t.Helper()
	var all []file
	err := filepath.WalkDir(filepath.Join(top, dir), func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f := file{name: filepath.ToSlash(strings.TrimPrefix(name, top+string(filepath.Separator))), set: token.NewFileSet()}
		if f.ast, err = parser.ParseFile(f.set, name, nil, parser.SkipObjectResolution); err != nil {
			return err
		}
		for _, spec := range f.ast.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, p)
		}
		all = append(all, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTopLevel(t *testing.T) {
	list, err := os.ReadDir(top)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range list {
		if !strings.HasPrefix(e.Name(), ".") {
			got = append(got, e.Name())
		}
	}
	if !slices.Equal(got, entries) {
		t.Errorf("the top level holds\n%q, it should hold\n%q", got, entries)
	}
}

// allowed are the rooms that each room may import.
func allowed() map[string][]string {
	table := map[string][]string{}
	var earlier []string
	for _, r := range rooms {
		table[r.name] = strings.Fields(r.imports)
		if r.imports == "all" {
			table[r.name] = slices.Clone(earlier)
		}
		earlier = append(earlier, r.name)
	}
	return table
}

func TestImportsPointDown(t *testing.T) {
	table := allowed()
	for _, f := range files(t, "engine") {
		may, known := table[f.room()]
		if !known {
			t.Errorf("%s: engine/%s is not in the table of rooms", f.name, f.room())
			continue
		}
		for _, imported := range f.imports {
			if problem := importProblem(f.room(), imported, may); problem != "" {
				t.Errorf("%s imports %s: %s", f.name, imported, problem)
			}
		}
	}
}

func importProblem(room, imported string, may []string) string {
	if imported == "kmsplayground/engine" {
		imported += "/."
	}
	if target, ours := strings.CutPrefix(imported, module); ours {
		target, inEngine := strings.CutPrefix(target, "engine/")
		if !inEngine || !slices.Contains(may, target) {
			return "engine/" + room + " may import " + fmt.Sprint(may)
		}
		return ""
	}
	for prefix, only := range modules {
		if strings.HasPrefix(imported, prefix) && room != only {
			return "only engine/" + only + " may"
		}
	}
	return ""
}

func TestOnlyTheDoorKnowsJavaScript(t *testing.T) {
	for _, f := range append(files(t, "engine"), files(t, "scripts")...) {
		if slices.Contains(f.imports, "syscall/js") {
			t.Errorf("%s imports syscall/js, which only wasm/ may", f.name)
		}
	}
	for _, f := range files(t, "wasm") {
		if slices.Contains(f.imports, "syscall/js") && path.Base(f.name) != "main_js.go" {
			t.Errorf("%s imports syscall/js, which only main_js.go may", f.name)
		}
	}
}
