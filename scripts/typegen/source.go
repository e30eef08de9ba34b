package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

const modulePath = "kmsplayground"

// typeName is a type of a package, the package by its folder.
type typeName struct{ dir, name string }

// module is the Go source of this repository, read package by package as it is asked for.
type module struct {
	root     string
	packages map[string]*goPackage
}

// goPackage is what matters here of a package's declarations.
type goPackage struct {
	types    map[string]declaration
	values   map[string][]string // of the string constants of a type, in the order of the source
	marshals map[string]bool     // types that write their own JSON
}

type declaration struct {
	file      *ast.File
	doc       string
	expr      ast.Expr
	structure *ast.StructType // nil for other types
}

func newModule(root string) *module { return &module{root: root, packages: map[string]*goPackage{}} }

func (m *module) load(dir string) (*goPackage, error) {
	if p, ok := m.packages[dir]; ok {
		return p, nil
	}
	p := &goPackage{types: map[string]declaration{}, values: map[string][]string{}, marshals: map[string]bool{}}
	names, err := filepath.Glob(filepath.Join(m.root, dir, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.add(file)
	}
	m.packages[dir] = p
	return p, nil
}

func (p *goPackage) add(file *ast.File) {
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv != nil && d.Name.Name == "MarshalJSON" {
				p.marshals[receiver(d.Recv.List[0].Type)] = true
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					p.addType(file, d, s)
				case *ast.ValueSpec:
					p.addValues(d.Tok, s)
				}
			}
		}
	}
}

func (p *goPackage) addType(file *ast.File, d *ast.GenDecl, s *ast.TypeSpec) {
	doc := s.Doc.Text()
	if doc == "" {
		doc = d.Doc.Text()
	}
	structure, _ := s.Type.(*ast.StructType)
	p.types[s.Name.Name] = declaration{file: file, doc: doc, expr: s.Type, structure: structure}
}

func (p *goPackage) addValues(tok token.Token, s *ast.ValueSpec) {
	of, ok := s.Type.(*ast.Ident)
	if !ok || tok != token.CONST {
		return
	}
	for _, v := range s.Values {
		if lit, ok := v.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				p.values[of.Name] = append(p.values[of.Name], text)
			}
		}
	}
}

func receiver(expr ast.Expr) string {
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	if id, ok := expr.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// importPath finds what a file imports under name.
func importPath(file *ast.File, name string) string {
	for _, spec := range file.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		if spec.Name != nil && spec.Name.Name == name || spec.Name == nil && path.Base(p) == name {
			return p
		}
	}
	return ""
}
