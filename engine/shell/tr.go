package shell

import (
	"io"
	"strings"

	"mvdan.cc/sh/v3/interp"
)

// translate is tr: tr SET1 SET2, tr -d SET, tr -s SET, over bytes, with ranges, escapes and the classes that scripts
// use.
func translate(hc interp.HandlerContext, args []string) error {
	flags := ""
	for len(args) > 0 && len(args[0]) > 1 && args[0][0] == '-' {
		flags += args[0][1:]
		args = args[1:]
	}
	if strings.Trim(flags, "dsc") != "" || len(args) == 0 || len(args) > 2 || len(args) == 1 && !strings.ContainsAny(flags, "ds") {
		return fail(hc, 1, "tr: the console's tr takes SET1 SET2, -d SET or -s SET\n")
	}
	in, err := readAll(hc.Stdin)
	if err != nil {
		return err
	}
	first, second := byteSet(args[0]), ""
	if strings.Contains(flags, "c") {
		first = complement(first)
	}
	if len(args) == 2 {
		second = byteSet(args[1])
	}
	_, err = io.WriteString(hc.Stdout, apply(string(in), flags, first, second))
	return err
}

func apply(in, flags, first, second string) string {
	remove, squeeze := strings.Contains(flags, "d"), strings.Contains(flags, "s")
	squeezed := first
	if second != "" {
		squeezed = second
	}
	var out []byte
	for i := range len(in) {
		c := in[i]
		at := strings.IndexByte(first, c)
		if at >= 0 && remove {
			continue
		}
		if at >= 0 && second != "" {
			c = second[min(at, len(second)-1)]
		}
		if squeeze && len(out) > 0 && out[len(out)-1] == c && strings.IndexByte(squeezed, c) >= 0 {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

var classes = map[string]string{
	"upper": "A-Z", "lower": "a-z", "digit": "0-9", "alpha": "A-Za-z", "alnum": "A-Za-z0-9",
	"space": "\t\n\v\f\r ", "blank": "\t ",
}

// byteSet expands a SET.
func byteSet(spec string) string {
	for name, members := range classes {
		spec = strings.ReplaceAll(spec, "[:"+name+":]", members)
	}
	spec = strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r", `\0`, "\x00", `\\`, `\`).Replace(spec)
	var set []byte
	for i := 0; i < len(spec); i++ {
		if i+2 < len(spec) && spec[i+1] == '-' && spec[i] <= spec[i+2] {
			for c := int(spec[i]); c <= int(spec[i+2]); c++ {
				set = append(set, byte(c))
			}
			i += 2
			continue
		}
		set = append(set, spec[i])
	}
	return string(set)
}

func complement(set string) string {
	var out []byte
	for c := range 256 {
		if strings.IndexByte(set, byte(c)) < 0 {
			out = append(out, byte(c))
		}
	}
	return string(out)
}
