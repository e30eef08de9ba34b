package awscli

import (
	"encoding/json"
	"strings"

	"kmsplayground/engine/catalog"
)

const usageText = `
usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help

`

// usageError is what argparse says, below the usage.
func usageError(message string) *Error {
	return &Error{usageText + "aws: error: " + message + "\n", exitUsage}
}

// Parse reads the words that follow "aws". files gives the content of a file that file:// or fileb:// names, env the
// value of an environment variable, "" for none.
func Parse(args []string, files func(name string) ([]byte, error), env func(name string) string) (Command, *Error) {
	globals, rest, problem := scan(args, globalOptions)
	if problem != "" {
		return Command{}, usageError(problem)
	}
	c := Command{}
	if err := c.settings(globals, env); err != nil {
		return Command{}, err
	}
	op, words, err := chooseOperation(globals, rest)
	if err != nil {
		return Command{}, err
	}
	c.operation = op
	c.Call.Service, c.Call.Operation = op.Service, op.Name
	r := reader{files: files, raw: globals.last("cli-binary-format") == "raw-in-base64-out"}
	if err := c.arguments(r, words, globals.has("no-paginate")); err != nil {
		return Command{}, err
	}
	return c, nil
}

// settings takes over the options of the aws command itself.
func (c *Command) settings(globals given, env func(string) string) *Error {
	if err := refuse(globals); err != nil {
		return err
	}
	c.Query = globals.last("query")
	if globals.has("query") {
		if err := checkQuery(c.Query); err != nil {
			return err
		}
	}
	c.Output = firstOf(globals.last("output"), env("AWS_DEFAULT_OUTPUT"), "json")
	switch c.Output {
	case "json", "text":
	case "yaml", "yaml-stream", "table", "off":
		return usageError("argument --output: '" + c.Output + "' is not available in the playground, which has json and text")
	default:
		return usageError("argument --output: Found invalid choice '" + c.Output + "'\n")
	}
	c.Call.Region = firstOf(globals.last("region"), env("AWS_REGION"), env("AWS_DEFAULT_REGION"))
	return nil
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// refuse names the options that mean something which does not exist here.
func refuse(globals given) *Error {
	for _, r := range []struct{ dest, why string }{
		{"profile", "there are no profiles in the playground: the step says who acts, or export AWS_ACCESS_KEY_ID and its secret"},
		{"endpoint-url", "the playground has no network: every command reaches its own AWS"},
		{"no-sign-request", "KMS, IAM and STS take no unsigned requests"},
		{"version", "the playground speaks the language of the AWS CLI, version 2, and is not it"},
	} {
		if globals.has(r.dest) {
			return usageError("argument --" + r.dest + ": " + r.why)
		}
	}
	return nil
}

// chooseOperation finds the service and the operation among the words that are no global option.
func chooseOperation(globals given, rest []string) (*catalog.Operation, []string, *Error) {
	service, rest := takeWord(rest)
	if service == "" {
		return nil, nil, usageError("the following arguments are required: command")
	}
	operations := operationsOf(service)
	if operations == nil {
		return nil, nil, unknownService(service)
	}
	name, rest := takeWord(rest)
	if name == "" {
		return nil, nil, usageError("the following arguments are required: operation")
	}
	if op := findOperation(operations, name); op != nil {
		return op, rest, nil
	}
	if name == "help" {
		return nil, nil, usageError("the playground has no help pages; the AWS CLI's are at https://docs.aws.amazon.com/cli/latest/reference/" + service + "/")
	}
	names := make([]string, len(operations))
	for i := range operations {
		names[i] = dashed(operations[i].Name)
	}
	return nil, nil, usageError("argument operation: Found invalid choice '" + name + "'\n" + suggestions(name, names))
}

func unknownService(name string) *Error {
	names := serviceNames()
	message := "argument command: Found invalid choice '" + name + "'\n" + suggestions(name, names)
	return usageError(message + "\nThe playground has " + strings.Join(names, ", ") + ".")
}

func serviceNames() []string {
	names := make([]string, len(services))
	for i, s := range services {
		names[i] = s.name
	}
	return names
}

func suggestions(word string, candidates []string) string {
	found := closeMatches(word, candidates)
	if len(found) == 0 {
		return ""
	}
	return "\nMaybe you meant:\n\n  * " + strings.Join(found, "\n  * ")
}

// takeWord takes the first word that is no option out of words.
func takeWord(words []string) (string, []string) {
	for i, w := range words {
		if !strings.HasPrefix(w, "-") {
			return w, append(append([]string{}, words[:i]...), words[i+1:]...)
		}
	}
	return "", words
}

// arguments reads the options of the operation.
func (c *Command) arguments(r reader, words []string, noPaginate bool) *Error {
	options := operationOptions(c.operation)
	got, rest, problem := scan(words, options)
	if problem != "" {
		return usageError(problem)
	}
	if err := typographic(got, rest, options); err != nil {
		return err
	}
	skeleton := got.has("generate-cli-skeleton")
	if !skeleton && !got.has("cli-input-json") {
		if err := missing(got, options); err != nil {
			return err
		}
	}
	if !skeleton {
		var err *Error
		if rest, err = c.takeOutfile(rest); err != nil {
			return err
		}
	}
	if len(rest) > 0 {
		return &Error{usageText + "Unknown options: " + strings.Join(rest, ", ") + "\n", exitUsage}
	}
	if skeleton {
		return c.skeleton(got["generate-cli-skeleton"])
	}
	input, err := c.input(r, got, options, noPaginate)
	if err != nil {
		return err
	}
	if err := check(c.operation, input); err != nil {
		return err
	}
	c.Call.Input = json.RawMessage(marshal(input))
	return nil
}

// typographic catches "–-key-spec": word processors turn two hyphens into a dash, and the AWS CLI's own message about
// it does not show the difference.
func typographic(got given, rest []string, options []option) *Error {
	words := rest
	for _, o := range options {
		if o.arity == "*" {
			words = append(words[:len(words):len(words)], got[o.dest]...)
		}
	}
	for _, w := range words {
		name := strings.TrimLeft(w, "-‐‑‒–—―−")
		dash := w[:len(w)-len(name)]
		if name != "" && isLower(name[0]) && strings.Trim(dash, "-") != "" {
			return usageError("\"" + w + "\" begins with a typographic dash; two hyphens are meant: --" + name)
		}
	}
	return nil
}

func missing(got given, options []option) *Error {
	var names []string
	for _, o := range options {
		if o.required && !got.has(o.dest) && (o.shape.Type != catalog.Boolean || o.value) {
			names = append(names, o.name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return usageError("the following arguments are required: " + strings.Join(names, ", "))
}

// input is what the call carries: --cli-input-json, with the options over it.
func (c *Command) input(r reader, got given, options []option, noPaginate bool) (object, *Error) {
	if got.has("cli-input-yaml") {
		return nil, usageError("argument --cli-input-yaml: is not available in the playground, which has --cli-input-json")
	}
	base, err := r.inputJSON(got)
	if err != nil {
		return nil, err
	}
	c.pages = pagingMode(c.operation, got, base, noPaginate)
	if c.pages.problem != nil {
		return nil, c.pages.problem
	}
	for i := range options {
		o := &options[i]
		if o.field == "" || !got.has(o.dest) || c.pages.takes(o) || !o.value && o.shape.Type == catalog.Boolean {
			continue
		}
		value, err := r.read(o, got[o.dest])
		if err != nil {
			return nil, err
		}
		base = base.with(o.field, value)
	}
	if base, err = r.custom(got, base); err != nil {
		return nil, err
	}
	return c.settle(r, base)
}

func (c *Command) settle(r reader, input object) (object, *Error) {
	whole := &catalog.Shape{Type: catalog.Structure, Fields: c.operation.Input}
	settled, err := r.settle(whole, input)
	if err != nil {
		return nil, err
	}
	return inOrder(whole, settled).(object), nil
}

func (r reader) inputJSON(got given) (object, *Error) {
	if !got.has("cli-input-json") {
		return object{}, nil
	}
	loaded, err := r.load("--cli-input-json", got.last("cli-input-json"))
	if err != nil {
		return nil, err
	}
	text, ok := loaded.(string)
	if !ok {
		text = string(loaded.([]byte))
	}
	value, problem := decodeOrdered([]byte(text))
	if problem != nil {
		return nil, paramError("cli-input-json", "Invalid JSON: "+jsonProblem(text, problem)+"\nJSON received: "+text)
	}
	o, ok := value.(object)
	if !ok {
		return nil, paramError("cli-input-json", "Invalid type: expecting map, received "+pythonType(value))
	}
	return o, nil
}
