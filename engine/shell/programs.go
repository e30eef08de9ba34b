package shell

import (
	"context"
	"encoding/base64"
	"io"
	"strconv"
	"strings"
	"time"

	"mvdan.cc/sh/v3/interp"
)

// execute runs a command that is neither a function nor built into the shell.
func execute(ctx context.Context, args []string) error {
	r := current(ctx)
	hc := interp.HandlerCtx(ctx)
	err := r.program(hc, args)
	if status, ok := err.(interp.ExitStatus); ok {
		r.failure.exit = int(status)
	}
	return err
}

func (r *run) program(hc interp.HandlerContext, args []string) error {
	switch args[0] {
	case "aws":
		return r.aws(hc, args)
	case "cat":
		return r.cat(hc, args[1:])
	case "base64":
		return r.base64(hc, args[1:])
	case "openssl":
		return r.openssl(hc, args[1:])
	case "sleep":
		return r.sleep(hc, args[1:])
	case "tr":
		return translate(hc, args[1:])
	case depthCommand:
		return deepEnough(args)
	}
	text := args[0] + ": command not found; the console has aws, base64, cat, echo, openssl, printf, sleep, tr and the shell's own commands"
	if args[0] == "jq" {
		text += " (--query does what jq is used for)"
	}
	return fail(hc, 127, text+"\n")
}

// fail prints text to standard error and ends the command with an exit code.
func fail(hc interp.HandlerContext, code int, text string) error {
	if _, err := io.WriteString(hc.Stderr, text); err != nil {
		return err
	}
	return interp.ExitStatus(code)
}

// inputs reads the files that args name, standard input for none and for "-".
func (r *run) inputs(hc interp.HandlerContext, program string, names []string) (string, error) {
	if len(names) == 0 {
		names = []string{"-"}
	}
	var b strings.Builder
	for _, name := range names {
		content, ok := r.input(hc, name)
		if !ok {
			return "", fail(hc, 1, program+": "+name+": No such file or directory\n")
		}
		b.WriteString(content)
	}
	return b.String(), nil
}

func (r *run) input(hc interp.HandlerContext, name string) (content string, ok bool) {
	clean := cleanName(name)
	switch {
	case name == "-", clean == "dev/stdin":
		read, err := readAll(hc.Stdin)
		return string(read), err == nil
	case clean == "dev/null":
		return "", true
	}
	content, ok = r.table(clean)[clean]
	return content, ok
}

func (r *run) cat(hc interp.HandlerContext, args []string) error {
	var names []string
	for _, a := range args {
		if len(a) > 1 && a[0] == '-' && a != "--" && a != "-u" {
			return fail(hc, 1, "cat: the console's cat has no option "+a+"\n")
		}
		if a != "--" && a != "-u" {
			names = append(names, a)
		}
	}
	content, err := r.inputs(hc, "cat", names)
	if err != nil {
		return err
	}
	_, err = io.WriteString(hc.Stdout, content)
	return err
}

// base64 is GNU's: lines of 76 characters unless -w says otherwise, -d decodes and wants clean text unless -i.
func (r *run) base64(hc interp.HandlerContext, args []string) error {
	o, names, problem := base64Options(args)
	if problem != "" {
		return fail(hc, 1, "base64: "+problem+"\n")
	}
	content, err := r.inputs(hc, "base64", names)
	if err != nil {
		return err
	}
	if o.decode {
		return decode64(hc, content, o.ignore)
	}
	text := base64.StdEncoding.EncodeToString([]byte(content))
	var b strings.Builder
	for o.wrap > 0 && len(text) > o.wrap {
		b.WriteString(text[:o.wrap] + "\n")
		text = text[o.wrap:]
	}
	b.WriteString(text)
	if o.wrap > 0 && text != "" {
		b.WriteString("\n")
	}
	_, err = io.WriteString(hc.Stdout, b.String())
	return err
}

type base64Flags struct {
	decode, ignore bool
	wrap           int
}

func base64Options(args []string) (o base64Flags, names []string, problem string) {
	o.wrap = 76
	for i := 0; i < len(args); i++ {
		width := ""
		switch a := args[i]; {
		case a == "-d", a == "-D", a == "--decode":
			o.decode = true
			continue
		case a == "-i", a == "--ignore-garbage":
			o.ignore = true
			continue
		case a == "-di", a == "-id":
			o.decode, o.ignore = true, true
			continue
		case a == "-w", a == "--wrap":
			if i++; i == len(args) {
				return o, nil, "option requires an argument -- 'w'"
			}
			width = args[i]
		case strings.HasPrefix(a, "--wrap="):
			width = strings.TrimPrefix(a, "--wrap=")
		case strings.HasPrefix(a, "-w"):
			width = strings.TrimPrefix(a, "-w")
		case a != "-" && strings.HasPrefix(a, "-"):
			return o, nil, "invalid option " + a
		default:
			names = append(names, a)
			continue
		}
		n, err := strconv.Atoi(width)
		if err != nil || n < 0 {
			return o, nil, "invalid wrap size: '" + width + "'"
		}
		o.wrap = n
	}
	return o, names, ""
}

func decode64(hc interp.HandlerContext, text string, ignore bool) error {
	keep := func(c rune) rune {
		if c == '\n' || ignore && !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=", c) {
			return -1
		}
		return c
	}
	content, err := base64.StdEncoding.DecodeString(strings.Map(keep, text))
	if _, failed := hc.Stdout.Write(content); failed != nil {
		return failed
	}
	if err != nil {
		return fail(hc, 1, "base64: invalid input\n")
	}
	return nil
}

// sleep moves the simulated clock: "90", "1.5", "5m", "1h 30m".
func (r *run) sleep(hc interp.HandlerContext, args []string) error {
	if len(args) == 0 {
		return fail(hc, 1, "sleep: missing operand\n")
	}
	total := 0.0
	for _, a := range args {
		number, unit := strings.TrimRight(a, "smhd"), 1.0
		if suffix := a[len(number):]; suffix != "" {
			i := strings.Index("s m h d", suffix)
			unit = []float64{1, 0, 60, 0, 3600, 0, 86400}[max(i, 0)]
			if i < 0 {
				number = a // "5mm" is no number
			}
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || n < 0 || n*unit > maxSleep.Seconds() {
			return fail(hc, 1, "sleep: invalid time interval '"+a+"'\n")
		}
		total += n * unit
	}
	r.shell.sleep(time.Duration(total * float64(time.Second)))
	return nil
}

// maxSleep keeps durations within what a time.Duration can hold.
const maxSleep = 100 * 365 * 24 * time.Hour
