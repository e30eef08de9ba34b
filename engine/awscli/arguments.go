package awscli

import (
	"slices"
	"strconv"
	"strings"

	"kmsplayground/engine/catalog"
)

// option is one option that a command line may hold.
type option struct {
	name  string // "--key-id"
	field string // member of the operation's input; "" for the CLI's own options
	shape *catalog.Shape
	// arity: "" takes no value, "1" takes one, "*" takes all that follow.
	arity    string
	value    bool // of a flag: --multi-region true, --no-multi-region false
	required bool
	dest     string // where the value is kept; --x and --no-x share it
}

// given is what the command line says for each dest.
type given map[string][]string

func (g given) has(dest string) bool { _, ok := g[dest]; return ok }

func (g given) last(dest string) string {
	if v := g[dest]; len(v) > 0 {
		return v[len(v)-1]
	}
	return ""
}

// globalOptions are those of the aws command itself.
var globalOptions = []option{
	{name: "--debug", dest: "debug", value: true},
	{name: "--endpoint-url", dest: "endpoint-url", arity: "1"},
	{name: "--no-verify-ssl", dest: "no-verify-ssl", value: true},
	{name: "--no-paginate", dest: "no-paginate", value: true},
	{name: "--output", dest: "output", arity: "1"},
	{name: "--query", dest: "query", arity: "1"},
	{name: "--profile", dest: "profile", arity: "1"},
	{name: "--region", dest: "region", arity: "1"},
	{name: "--version", dest: "version", value: true},
	{name: "--color", dest: "color", arity: "1"},
	{name: "--no-sign-request", dest: "no-sign-request", value: true},
	{name: "--ca-bundle", dest: "ca-bundle", arity: "1"},
	{name: "--cli-read-timeout", dest: "cli-read-timeout", arity: "1"},
	{name: "--cli-connect-timeout", dest: "cli-connect-timeout", arity: "1"},
	{name: "--cli-binary-format", dest: "cli-binary-format", arity: "1"},
	{name: "--no-cli-pager", dest: "no-cli-pager", value: true},
	{name: "--cli-auto-prompt", dest: "cli-auto-prompt", value: true},
	{name: "--no-cli-auto-prompt", dest: "no-cli-auto-prompt", value: true},
}

// operationOptions are the options of one operation: its parameters, then what the CLI adds.
func operationOptions(op *catalog.Operation) []option {
	var all []option
	for _, f := range op.Input {
		name := dashed(f.Name)
		o := option{name: "--" + name, field: f.Name, shape: f.Shape, required: f.Required, arity: "1", dest: f.Name}
		switch f.Shape.Type {
		case catalog.Boolean:
			o.arity, o.value = "", true
			all = append(all, o)
			o.name, o.value = "--no-"+name, false
		case catalog.List:
			o.arity = "*"
		}
		all = append(all, o)
	}
	all = append(all, customOptions(op)...)
	if pagingOf(op) != nil {
		all = addPaging(all)
	}
	return append(all,
		option{name: "--cli-input-json", dest: "cli-input-json", arity: "1"},
		option{name: "--cli-input-yaml", dest: "cli-input-yaml", arity: "1"},
		option{name: "--generate-cli-skeleton", dest: "generate-cli-skeleton", arity: "?"},
	)
}

// addPaging adds the CLI's own paging options; IAM's parameter MaxItems has the name of one of them.
func addPaging(all []option) []option {
	for _, name := range []string{"starting-token", "page-size", "max-items"} {
		if !slices.ContainsFunc(all, func(o option) bool { return o.name == "--"+name }) {
			all = append(all, option{name: "--" + name, dest: name, arity: "1"})
		}
	}
	return all
}

// scan reads args as Python's argparse does: an option takes the words that follow up to the next one that looks like
// an option, unique beginnings of a name count as the name. What it does not know is left over.
func scan(args []string, options []option) (got given, rest []string, problem string) {
	got = given{}
	for i := 0; i < len(args); {
		word := args[i]
		i++
		if word == "--" {
			return got, append(rest, args[i-1:]...), ""
		}
		name, value, attached := strings.Cut(word, "=")
		if !strings.HasPrefix(word, "--") {
			rest = append(rest, word)
			continue
		}
		o, problem := findOption(name, options)
		if problem != "" {
			return got, rest, problem
		}
		if o == nil {
			rest = append(rest, word)
			continue
		}
		values := []string{}
		if attached {
			values = append(values, value)
		} else {
			for i < len(args) && !looksLikeOption(args[i], options) && (o.arity == "*" || len(values) == 0 && o.arity != "") {
				values = append(values, args[i])
				i++
			}
		}
		if problem := o.accept(got, values, attached, value); problem != "" {
			return got, rest, problem
		}
	}
	return got, rest, ""
}

func (o *option) accept(got given, values []string, attached bool, value string) string {
	switch {
	case o.arity == "" && attached:
		return "argument " + o.name + ": ignored explicit argument '" + value + "'"
	case o.arity == "":
		got[o.dest] = []string{strconv.FormatBool(o.value)}
		return ""
	case o.arity == "1" && len(values) == 0:
		return "argument " + o.name + ": expected one argument"
	}
	got[o.dest] = values
	return ""
}

// findOption finds an option by its name or by a beginning of it that only one option has.
func findOption(name string, options []option) (*option, string) {
	var found []*option
	for i := range options {
		if options[i].name == name {
			return &options[i], ""
		}
		if strings.HasPrefix(options[i].name, name) {
			found = append(found, &options[i])
		}
	}
	switch len(found) {
	case 0:
		return nil, ""
	case 1:
		return found[0], ""
	}
	names := make([]string, len(found))
	for i, o := range found {
		names[i] = o.name
	}
	return nil, "ambiguous option: " + name + " could match " + strings.Join(names, ", ")
}

// looksLikeOption: a word that begins with "-" is an option unless it is "-" alone, a negative number or holds a
// space and is no option's name.
func looksLikeOption(word string, options []option) bool {
	if len(word) < 2 || word[0] != '-' {
		return false
	}
	name, _, _ := strings.Cut(word, "=")
	if o, problem := findOption(name, options); strings.HasPrefix(name, "--") && (o != nil || problem != "") {
		return true
	}
	return !isNegativeNumber(word) && !strings.Contains(word, " ")
}

func isNegativeNumber(word string) bool {
	digits := strings.Replace(word[1:], ".", "", 1)
	return digits != "" && strings.Trim(digits, "0123456789") == "" && !strings.HasSuffix(word, ".")
}
