// Package shell is the console: a POSIX shell over virtual files whose aws is the AWS CLI's grammar.
//
// It touches no real file, process or clock, and what runs in it replays to the same result: nothing runs in the
// background, the sides of a pipe run one after the other, and there are no variables of chance. (The interpreter
// itself feeds here-documents through a goroutine; none outlives Run.)
package shell

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/interp"

	"kmsplayground/engine"
	"kmsplayground/engine/awscli"
)

// Options are what a shell works on. The zero Options are a shell without an AWS and without files.
type Options struct {
	Call  func(engine.Call) engine.Answer
	Sleep func(time.Duration)
	Tools Tools
	Files map[string]string // virtual files by name
	Env   map[string]string // exported variables
}

// Shell keeps variables, functions and files from one Run to the next. It is not safe for concurrent use.
type Shell struct {
	runner *interp.Runner
	call   func(engine.Call) engine.Answer
	sleep  func(time.Duration)
	tools  Tools
	files  files
}

// Result is how a script went.
type Result struct {
	Stdout   string
	Stderr   string
	ExitCode int
	// Code is the AWS error code of the command at which the script stopped; "ParamValidation" when the AWS CLI
	// refused the command line. Empty for success and for errors of other commands.
	Code string
	// Line and Column are the place of the command that failed, from 1; 0 when nothing failed.
	Line   int
	Column int
	Calls  []Record
}

// Record is one call that a script made.
type Record struct {
	Call    engine.Call
	Answer  engine.Answer
	Command string // the command line, expanded: "aws kms encrypt --key-id alias/app …"
}

// New returns a shell.
func New(o Options) *Shell {
	s := &Shell{call: o.Call, sleep: o.Sleep, tools: o.Tools, files: files{}}
	if s.call == nil {
		s.call = func(engine.Call) engine.Answer {
			return engine.Answer{Error: &engine.Error{Code: "ServiceUnavailable", Message: "there is no AWS here", Status: 503}}
		}
	}
	if s.sleep == nil {
		s.sleep = func(time.Duration) {}
	}
	if s.tools == nil {
		s.tools = noTools{}
	}
	for name, content := range o.Files {
		s.files[cleanName(name)] = content
	}
	runner, err := interp.New(
		func(r *interp.Runner) error { r.Dir = "/"; return nil },
		interp.Env(environment(o.Env)),
		interp.Params("-e"),
		interp.StdIO(nil, nil, nil),
		interp.CallHandler(countCall),
		interp.ExecHandlers(func(interp.ExecHandlerFunc) interp.ExecHandlerFunc { return execute }),
		interp.OpenHandler(openFile),
		interp.ReadDirHandler2(readDir),
		interp.StatHandler(statFile),
		interp.AccessHandler(accessFile),
	)
	if err != nil {
		panic("shell: " + err.Error()) // only for options that the interpreter does not take
	}
	s.runner = runner
	return s
}

// environment is sorted by the interpreter; the ids are fixed because the real ones would differ between machines.
func environment(extra map[string]string) expand.Environ {
	all := map[string]string{"HOME": "/", "UID": "1000", "EUID": "1000", "GID": "1000", "TMPDIR": "/tmp"}
	maps.Copy(all, extra)
	var pairs []string
	for name, value := range all {
		pairs = append(pairs, name+"="+value)
	}
	return expand.ListEnviron(pairs...)
}

// Clone returns a shell with the same variables, functions and files that works on another world.
func (s *Shell) Clone(call func(engine.Call) engine.Answer, sleep func(time.Duration), tools Tools) *Shell {
	return &Shell{runner: s.runner.Subshell(), call: call, sleep: sleep, tools: tools, files: maps.Clone(s.files)}
}

// SetCall says what answers the calls from now on.
func (s *Shell) SetCall(call func(engine.Call) engine.Answer) { s.call = call }

// SetFile puts content under name.
func (s *Shell) SetFile(name, content string) { s.files[cleanName(name)] = content }

// Files returns the names and contents of all files. The caller does not change it.
func (s *Shell) Files() map[string]string { return s.files }

// Run runs a script as a principal (see engine.Call.As), with the environment of its requests and their Region, both
// unless the script exports credentials or a Region of its own. It stops at the first command that fails.
func (s *Shell) Run(ctx context.Context, script, as string, env engine.Environment, region string) Result {
	file, problem := parse(script)
	if problem != nil {
		return Result{Stderr: problem.text() + "\n", ExitCode: 2, Line: problem.line, Column: problem.column, Calls: []Record{}}
	}
	r := &run{shell: s, as: as, environment: env, region: region, pipes: files{}}
	r.stdout.over, r.stderr.over = &r.over, &r.over
	ctx = context.WithValue(ctx, runKey{}, r)
	if err := interp.StdIO(strings.NewReader(""), &r.stdout, &r.stderr)(s.runner); err != nil {
		panic("shell: " + err.Error())
	}
	err := s.runner.Run(ctx, file)
	return r.result(err)
}

// run is one Run while it is under way. The interpreter's handlers find it in their context.
type run struct {
	shell       *Shell
	as          string
	region      string
	environment engine.Environment
	stdout      bounded
	stderr      bounded
	over        error // why the script ends before its next command: more was written than may be
	pipes       files
	commands    int
	records     []Record
	failure     failure
}

// failure is the last command and how it went, if it did not succeed.
type failure struct {
	code         string
	exit         int
	line, column int
}

type runKey struct{}

func current(ctx context.Context) *run { return ctx.Value(runKey{}).(*run) }

func (r *run) result(err error) Result {
	out := Result{Stdout: r.stdout.String(), Stderr: r.stderr.String(), Calls: r.records}
	if out.Calls == nil {
		out.Calls = []Record{}
	}
	var status interp.ExitStatus
	switch {
	case err == nil:
		return out
	case errors.As(err, &status):
		out.ExitCode = int(status)
	default:
		out.ExitCode = 1
		out.Stderr += err.Error() + "\n"
	}
	out.Line, out.Column = r.failure.line, r.failure.column
	if r.failure.exit == out.ExitCode {
		out.Code = r.failure.code
	}
	return out
}

// aws runs one AWS CLI command.
func (r *run) aws(hc interp.HandlerContext, args []string) error {
	env := func(name string) string { return hc.Env.Get(name).String() }
	command, refused := awscli.Parse(args[1:], r.paramFile(hc), env)
	if refused != nil {
		r.failure.code = "ParamValidation"
		return fail(hc, refused.ExitCode, refused.Message)
	}
	if command.Call.Region == "" {
		command.Call.Region = r.region
	}
	line := words(args)
	result := command.Run(func(c engine.Call) engine.Answer {
		c.Credentials = engine.Credentials{
			AccessKeyId: env("AWS_ACCESS_KEY_ID"), SecretAccessKey: env("AWS_SECRET_ACCESS_KEY"), SessionToken: env("AWS_SESSION_TOKEN"),
		}
		if c.Credentials.AccessKeyId == "" {
			c.Credentials = engine.Credentials{}
			c.As = r.as
		}
		c.Environment = r.environment
		answer := r.shell.call(c)
		r.records = append(r.records, Record{Call: c, Answer: answer, Command: line})
		if answer.Error != nil {
			r.failure.code = answer.Error.Code
		}
		return answer
	})
	if result.File != nil {
		if err := r.save(*result.File); err != nil {
			return fail(hc, 255, "\n"+err.Error()+"\n")
		}
	}
	if _, err := hc.Stdout.Write([]byte(result.Stdout)); err != nil {
		return err
	}
	if result.ExitCode != 0 {
		return fail(hc, result.ExitCode, result.Stderr)
	}
	return nil
}

// words writes args as a command line.
func words(args []string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = awscli.Quote(a)
	}
	return strings.Join(quoted, " ")
}
