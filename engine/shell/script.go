package shell

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"
	"mvdan.cc/sh/v3/syntax"
)

// Bounds that end a script which would run for ever.
const (
	maxCommands = 10_000
	maxScript   = 256 << 10 // bytes of one script
	maxNesting  = 200       // of brackets, blocks and function calls
	maxBraces   = 10_000    // words that one {1..n} makes
	maxVariable = 1 << 20   // bytes of one variable
)

// scriptError is why a script is not run, and the place.
type scriptError struct {
	line, column int
	message      string
}

func (e *scriptError) text() string { return fmt.Sprintf("%d:%d: %s", e.line, e.column, e.message) }

// parse reads a script, refuses what would not replay, and prepares the rest (see prepare).
func parse(script string) (*syntax.File, *scriptError) {
	if len(script) > maxScript {
		return nil, &scriptError{1, 1, fmt.Sprintf("the script is longer than %d bytes", maxScript)}
	}
	if at := tooDeep(script); at >= 0 {
		line := 1 + strings.Count(script[:at], "\n")
		return nil, &scriptError{line, at - strings.LastIndexByte(script[:at], '\n'), fmt.Sprintf("nested deeper than %d", maxNesting)}
	}
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(script), "")
	if err != nil {
		return nil, syntaxProblem(err)
	}
	var refused *scriptError
	syntax.Walk(file, func(n syntax.Node) bool {
		if refused == nil && n != nil {
			if message := refuse(n); message != "" {
				refused = &scriptError{int(n.Pos().Line()), int(n.Pos().Col()), message}
			}
		}
		return refused == nil
	})
	if refused != nil {
		return nil, refused
	}
	prepare(file)
	return file, nil
}

// tooDeep guards the parser, which recurses: it counts openings, whether quoted or not.
func tooDeep(script string) int {
	depth := 0
	for i := 0; i < len(script); i++ {
		switch script[i] {
		case '(', '{':
			depth++
		case ')', '}':
			depth = max(depth-1, 0)
		case '!', '`':
			if strings.HasPrefix(script[i:], "! ! ! !") {
				return i
			}
		}
		if depth > maxNesting {
			return i
		}
	}
	depth = 0
	at := 0
	for _, word := range strings.Fields(script) {
		at += strings.Index(script[at:], word)
		switch strings.TrimRight(word, ";") {
		case "if", "while", "until", "for", "case", "select", "function":
			depth++
		case "fi", "done", "esac":
			depth = max(depth-1, 0)
		}
		if depth > maxNesting {
			return at
		}
		at += len(word)
	}
	return -1
}

func syntaxProblem(err error) *scriptError {
	var parse syntax.ParseError
	if errors.As(err, &parse) {
		return &scriptError{int(parse.Pos.Line()), int(parse.Pos.Col()), parse.Text}
	}
	var lang syntax.LangError
	if errors.As(err, &lang) {
		return &scriptError{int(lang.Pos.Line()), int(lang.Pos.Col()), lang.Feature + " is not part of the shell language"}
	}
	return &scriptError{1, 1, err.Error()}
}

// unreplayable are variables whose value comes from chance, the process or the clock.
var unreplayable = map[string]bool{
	"RANDOM": true, "SRANDOM": true, "BASHPID": true, "PPID": true, "$": true, "!": true,
	"EPOCHSECONDS": true, "EPOCHREALTIME": true, "SECONDS": true,
}

// refuse says why a script with this node in it is not run, "" when it is.
func refuse(n syntax.Node) string {
	switch n := n.(type) {
	case *syntax.Stmt:
		if n.Background || n.Disown || n.Coprocess {
			return "commands in the background (&) are not available: they would not replay in the same order"
		}
	case *syntax.CoprocClause:
		return "coproc is not available"
	case *syntax.TimeClause:
		return "time is not available: the clock is simulated"
	case *syntax.ProcSubst:
		return "process substitution is not available; write to a file first"
	case *syntax.ParamExp:
		if n.Excl {
			return "indirect expansion is not available"
		}
		if n.Param != nil && unreplayable[n.Param.Value] {
			return "$" + n.Param.Value + " is not available: a scenario replays to the same result"
		}
	case *syntax.Word:
		if unreplayable[n.Lit()] && len(n.Lit()) > 1 {
			return n.Lit() + " is not available: a scenario replays to the same result"
		}
		if braceCount(n) > maxBraces {
			return fmt.Sprintf("the braces make more than %d words", maxBraces)
		}
	}
	return ""
}

// braceCount is how many words brace expansion makes of w, at most just above maxBraces.
func braceCount(w *syntax.Word) int {
	copied := *w
	if !syntax.SplitBraces(&copied) {
		return 1
	}
	return braceWords(copied.Parts)
}

func braceWords(parts []syntax.WordPart) int {
	total := 1
	for _, part := range parts {
		brace, ok := part.(*syntax.BraceExp)
		if !ok {
			continue
		}
		n := 0
		if brace.Sequence {
			n = sequenceLength(brace)
		} else {
			for _, elem := range brace.Elems {
				n += braceWords(elem.Parts)
			}
		}
		if total *= min(n, maxBraces+1); total > maxBraces {
			return maxBraces + 1
		}
	}
	return total
}

func sequenceLength(b *syntax.BraceExp) int {
	from, err1 := strconv.Atoi(b.Elems[0].Lit())
	to, err2 := strconv.Atoi(b.Elems[1].Lit())
	if err1 != nil || err2 != nil {
		return 256 // letters
	}
	length := max(from, to) - min(from, to)
	if length < 0 || length > maxBraces {
		return maxBraces + 1
	}
	return length + 1
}

// prepare rewrites what the interpreter would run side by side or uncounted: the sides of a pipe run one after the
// other, every round of a loop begins with a counted command, every function counts how deep it is called.
func prepare(file *syntax.File) {
	p := &preparer{}
	syntax.Walk(file, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.WhileClause:
			n.Do = append([]*syntax.Stmt{simple(n.Do[0].Pos(), ":")}, n.Do...)
		case *syntax.ForClause:
			n.Do = append([]*syntax.Stmt{simple(n.Do[0].Pos(), ":")}, n.Do...)
		case *syntax.FuncDecl:
			n.Body = &syntax.Stmt{Position: n.Body.Position, Cmd: &syntax.Block{
				Lbrace: n.Body.Pos(), Rbrace: n.Body.End(), Stmts: append(depthCheck(), n.Body),
			}}
		case *syntax.Stmt:
			p.pipe(n)
		}
		return true
	})
}

type preparer struct{ pipes int }

// pipe turns "X | Y" into "{ (X) >p || :; (Y) <p; }". The exit code is that of Y, as in a shell without pipefail.
func (p *preparer) pipe(s *syntax.Stmt) {
	cmd, ok := s.Cmd.(*syntax.BinaryCmd)
	if !ok || cmd.Op != syntax.Pipe && cmd.Op != syntax.PipeAll {
		return
	}
	p.pipes++
	name := "/" + pipePrefix + strconv.Itoa(p.pipes)
	left, right := subshell(cmd.X), subshell(cmd.Y)
	left.Redirs = append(left.Redirs, redirect(cmd.OpPos, syntax.RdrOut, name))
	if cmd.Op == syntax.PipeAll {
		left.Redirs = append(left.Redirs, &syntax.Redirect{OpPos: cmd.OpPos, Op: syntax.DplOut, N: literal(cmd.OpPos, "2"), Word: word(cmd.OpPos, "1")})
	}
	right.Redirs = append(right.Redirs, redirect(cmd.OpPos, syntax.RdrIn, name))
	either := &syntax.Stmt{Position: cmd.Pos(), Cmd: &syntax.BinaryCmd{OpPos: cmd.OpPos, Op: syntax.OrStmt, X: left, Y: simple(cmd.OpPos, ":")}}
	s.Cmd = &syntax.Block{Lbrace: cmd.Pos(), Rbrace: cmd.End(), Stmts: []*syntax.Stmt{either, right}}
}

func subshell(s *syntax.Stmt) *syntax.Stmt {
	return &syntax.Stmt{Position: s.Pos(), Cmd: &syntax.Subshell{Lparen: s.Pos(), Rparen: s.End(), Stmts: []*syntax.Stmt{s}}}
}

func redirect(pos syntax.Pos, op syntax.RedirOperator, name string) *syntax.Redirect {
	return &syntax.Redirect{OpPos: pos, Op: op, Word: word(pos, name)}
}

func literal(pos syntax.Pos, text string) *syntax.Lit {
	return &syntax.Lit{ValuePos: pos, ValueEnd: pos, Value: text}
}

func word(pos syntax.Pos, text string) *syntax.Word {
	return &syntax.Word{Parts: []syntax.WordPart{literal(pos, text)}}
}

func simple(pos syntax.Pos, name string) *syntax.Stmt {
	return &syntax.Stmt{Position: pos, Cmd: &syntax.CallExpr{Args: []*syntax.Word{word(pos, name)}}}
}

// depthCommand is called at the start of every function with how many functions are under way.
const depthCommand = ".depth"

// depthCheck relies on local variables being visible to the functions that are called.
func depthCheck() []*syntax.Stmt {
	file, err := syntax.NewParser().Parse(strings.NewReader("local _depth=$((_depth+1)); "+depthCommand+" $_depth\n"), "")
	if err != nil {
		panic("shell: " + err.Error())
	}
	return file.Stmts
}

func deepEnough(args []string) error {
	if n, _ := strconv.Atoi(args[len(args)-1]); n > maxNesting {
		return fmt.Errorf("stopped: functions call each other deeper than %d", maxNesting)
	}
	return nil
}

// notAvailable are the shell's own commands that reach around the preparation of the script.
var notAvailable = map[string]bool{
	"eval": true, "source": true, ".": true, "exec": true, "trap": true, "times": true, "wait": true, "alias": true,
	"help": true, "ulimit": true, "umask": true, "jobs": true, "fg": true, "bg": true, "kill": true,
}

// countCall sees every command before it runs.
func countCall(ctx context.Context, args []string) ([]string, error) {
	r := current(ctx)
	hc := interp.HandlerCtx(ctx)
	r.failure = failure{line: int(hc.Pos.Line()), column: int(hc.Pos.Col())}
	place := fmt.Sprintf("%d:%d: ", hc.Pos.Line(), hc.Pos.Col())
	if r.commands++; r.commands > maxCommands {
		return nil, errors.New(place + "stopped after 10,000 commands")
	}
	if r.over != nil {
		return nil, fmt.Errorf("%s%w", place, r.over)
	}
	name := args[0]
	if (name == "builtin" || name == "command") && len(args) > 1 {
		name = args[1]
	}
	if notAvailable[name] {
		return nil, errors.New(place + name + " is not available in the console")
	}
	if err := held(hc.Env); err != nil && name != "unset" { // which mends it
		return nil, fmt.Errorf("%s%w", place, err)
	}
	return args, nil
}

// held refuses a variable that is too large, and variables that are too large together.
func held(env expand.Environ) error {
	var large string
	total := 0
	env.Each(func(name string, v expand.Variable) bool {
		size := len(v.Str)
		for _, item := range v.List {
			size += len(item)
		}
		for key, item := range v.Map {
			size += len(key) + len(item)
		}
		total += size
		if size > maxVariable {
			large = name
		}
		return large == ""
	})
	if large != "" {
		return fmt.Errorf("stopped: the variable %s holds more than %d bytes", large, maxVariable)
	}
	if total > maxHeld {
		return fmt.Errorf("stopped: the variables hold more than %d bytes", maxHeld)
	}
	return nil
}
