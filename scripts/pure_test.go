package scripts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strings"
	"testing"
)

// impure are the packages through which the engine would touch the world outside, or chance that no seed decides.
var impure = []string{
	"crypto/rand", "log", "log/slog", "math/rand", "math/rand/v2", "net", "os/exec", "os/signal", "plugin",
	"runtime/debug", "syscall", "testing", "unsafe",
}

// impureNames are what is impure of packages that the engine does use.
var impureNames = map[string]string{
	"time":                   "After AfterFunc NewTicker NewTimer Now Since Sleep Tick Until Local LoadLocation",
	"github.com/google/uuid": "New NewRandom NewString NewUUID NewV6 NewV7 NewDCEGroup NewDCEPerson NewDCESecurity",
	"sync":                   "Cond Map Mutex Once Pool RWMutex WaitGroup", // not OnceValue: a constant that is made late
	"fmt":                    "Print Printf Println Scan Scanf Scanln",
}

// pureNames are all that is used of packages that are impure otherwise: constants and types that the shell's interpreter
// speaks in.
var pureNames = map[string]string{
	"os": "FileMode O_APPEND O_CREATE O_EXCL O_RDONLY O_RDWR O_TRUNC O_WRONLY PathError",
}

func TestEngineIsPure(t *testing.T) {
	for _, f := range files(t, "engine") {
		for _, problem := range impurities(f) {
			t.Error(problem)
		}
	}
}

// impurities are imports, names, goroutines and init functions that the engine does without.
func impurities(f file) []string {
	var problems []string
	report := func(n ast.Node, text string) {
		at := f.set.Position(n.Pos())
		at.Filename = f.name
		problems = append(problems, at.String()+": "+text)
	}
	for i, imported := range f.imports {
		http := strings.HasPrefix(imported, "net/http") && f.room() != "wire"
		if slices.Contains(impure, imported) || http {
			report(f.ast.Imports[i], "the engine does not import "+imported)
		}
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			report(n, "the engine starts no goroutines")
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				report(n, "the engine has no init functions")
			}
		case *ast.SelectorExpr:
			if pkg, ok := n.X.(*ast.Ident); ok {
				imported := f.imported(pkg.Name)
				only, limited := pureNames[imported]
				if slices.Contains(strings.Fields(impureNames[imported]), n.Sel.Name) || limited && !slices.Contains(strings.Fields(only), n.Sel.Name) {
					report(n, "the engine does not use "+pkg.Name+"."+n.Sel.Name)
				}
			}
		}
		return true
	})
	return problems
}

// imported is the path that a file imports under name.
func (f file) imported(name string) string {
	for i, spec := range f.ast.Imports {
		if spec.Name != nil && spec.Name.Name == name || spec.Name == nil && path.Base(f.imports[i]) == name {
			return f.imports[i]
		}
	}
	return ""
}

// TestGlobalsDoNotChange holds that a variable of an engine package is a table: nothing assigns to it, to a part of
// it, or takes something out of it. Changes through a pointer that was taken of it are not seen.
func TestGlobalsDoNotChange(t *testing.T) {
	rooms := map[string][]file{}
	for _, f := range files(t, "engine") {
		rooms[f.room()] = append(rooms[f.room()], f)
	}
	for _, fs := range rooms {
		for _, problem := range changedGlobals(fs) {
			t.Error(problem)
		}
	}
}

func changedGlobals(room []file) []string {
	set := token.NewFileSet()
	var parsed []*ast.File
	for _, f := range room {
		again, err := parser.ParseFile(set, path.Join(top, f.name), nil, parser.SkipObjectResolution)
		if err != nil {
			return []string{err.Error()}
		}
		parsed = append(parsed, again)
	}
	return changes(set, parsed)
}

// changes finds what is done to variables of a package. Imports are not followed, and what follows from that is
// ignored: a package's own names are found all the same.
func changes(set *token.FileSet, parsed []*ast.File) []string {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	ignore := types.Config{Error: func(error) {}}
	pkg, _ := ignore.Check("room", set, parsed, info)
	var problems []string
	check := func(expr ast.Expr) {
		id := rootOf(expr)
		if id == nil {
			return
		}
		if v, ok := info.Uses[id].(*types.Var); ok && v.Parent() == pkg.Scope() {
			problems = append(problems, set.Position(id.Pos()).String()+": the global "+id.Name+" is changed")
		}
	}
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					check(left)
				}
			case *ast.IncDecStmt:
				check(n.X)
			case *ast.RangeStmt:
				if n.Tok == token.ASSIGN {
					check(n.Key)
					check(n.Value)
				}
			case *ast.CallExpr:
				if id, ok := n.Fun.(*ast.Ident); ok && slices.Contains([]string{"delete", "clear", "copy"}, id.Name) && len(n.Args) > 0 {
					check(n.Args[0])
				}
			}
			return true
		})
	}
	return problems
}

// rootOf is x of x, x.f, x[i], *x and x[i:j].
func rootOf(expr ast.Expr) *ast.Ident {
	switch e := expr.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return rootOf(e.X)
	case *ast.IndexExpr:
		return rootOf(e.X)
	case *ast.SliceExpr:
		return rootOf(e.X)
	case *ast.StarExpr:
		return rootOf(e.X)
	case *ast.ParenExpr:
		return rootOf(e.X)
	}
	return nil
}

// The rules are worth as much as what they notice.
func TestRulesNotice(t *testing.T) {
	check := func(source string, want ...string) {
		t.Helper()
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, "engine/kms/x.go", "package kms\n"+source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		f := file{name: "engine/kms/x.go", ast: parsed, set: set}
		for _, spec := range parsed.Imports {
			f.imports = append(f.imports, strings.Trim(spec.Path.Value, `"`))
		}
		got := append(impurities(f), changes(set, []*ast.File{parsed})...)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %q\nwant %q", source, got, want)
		}
	}
	check(`import "math/rand"`, `engine/kms/x.go:2:8: the engine does not import math/rand`)
	check(`import "os"; var f = os.O_CREATE`)
	check(`import "os"; var f = os.Getenv("HOME")`, `engine/kms/x.go:2:22: the engine does not use os.Getenv`)
	check(`import "net/http"`, `engine/kms/x.go:2:8: the engine does not import net/http`)
	check(`import "time"; var d = time.Second`)
	check(`import "time"; var d = time.Now()`, `engine/kms/x.go:2:24: the engine does not use time.Now`)
	check(`import clock "time"; var d = clock.Now()`, `engine/kms/x.go:2:30: the engine does not use clock.Now`)
	check(`func init() {}`, `engine/kms/x.go:2:1: the engine has no init functions`)
	check(`func f() { go f() }`, `engine/kms/x.go:2:12: the engine starts no goroutines`)
	check(`var n int; func f() { n++ }`, `engine/kms/x.go:2:23: the global n is changed`)
	check(`var n int; func f() { n := 1; n++; _ = n }`)
	check(`var m = map[string][]int{}; func f() { m["a"][0] = 1; delete(m, "a") }`,
		`engine/kms/x.go:2:40: the global m is changed`, `engine/kms/x.go:2:62: the global m is changed`)
	check(`type s struct{ n int }; var g s; func f() { (&g).n = 1; g.n = 2 }`, `engine/kms/x.go:2:57: the global g is changed`)
	for _, row := range []struct{ room, imported, want string }{
		{"authz", "kmsplayground/engine/iam", ""},
		{"authz", "kmsplayground/engine/hsm", "engine/authz may import [source arn clock condition policy iam]"},
		{"arn", "kmsplayground/engine/source", "engine/arn may import []"},
		{"shell", "kmsplayground/engine", ""},
		{"arn", "kmsplayground/wasm/browser", "engine/arn may import []"},
		{"kms", "mvdan.cc/sh/v3/syntax", "only engine/shell may"},
		{"kms", "github.com/google/uuid", ""},
	} {
		if got := importProblem(row.room, row.imported, allowed()[row.room]); got != row.want {
			t.Errorf("%s imports %s: got %q, want %q", row.room, row.imported, got, row.want)
		}
	}
}
