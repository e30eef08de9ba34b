package awscli

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"kmsplayground/engine/catalog"
)

// What the AWS CLI adds to the model of a service, as its folder "customizations" does.

// commandNames are the services whose command is not their name.
var commandNames = map[string]string{"s3": "s3api"}

func commandName(service string) string {
	if name, ok := commandNames[service]; ok {
		return name
	}
	return service
}

// customOptions are the options of an operation that are no parameters of it.
func customOptions(op *catalog.Operation) []option {
	switch op.Service + ":" + op.Name {
	case "lambda:CreateFunction":
		return []option{{name: "--zip-file", dest: "zip-file", arity: "1"}}
	case "ec2:RunInstances":
		return []option{{name: "--count", dest: "count", arity: "1"}}
	}
	return nil
}

// custom puts what the custom options say into the input.
func (r reader) custom(got given, input object) (object, *Error) {
	if got.has("zip-file") {
		word := got.last("zip-file")
		if !strings.HasPrefix(word, "fileb://") {
			return nil, &Error{"\n--zip-file must be a zip file with the fileb:// prefix.\nExample usage: --zip-file fileb://path/to/file.zip\n", exitGeneral}
		}
		content, err := r.load("--zip-file", word)
		if err != nil {
			return nil, err
		}
		input = input.with("Code", object{{"ZipFile", content}})
	}
	if got.has("count") {
		low, high, ranged := strings.Cut(got.last("count"), ":")
		if !ranged {
			high = low
		}
		for _, n := range []string{low, high} {
			if _, err := strconv.Atoi(n); err != nil {
				return nil, &Error{"\ncount parameter should be of form MIN[:MAX]\n", exitGeneral}
			}
		}
		input = input.with("MinCount", json.Number(low)).with("MaxCount", json.Number(high))
	}
	return input, nil
}

// stream reads the file that an option of a streaming parameter names.
func (r reader) stream(o *option, name string) (any, *Error) {
	content, err := r.files(name)
	if err != nil {
		return nil, paramError(o.name, "Blob values must be a path to a file.")
	}
	return content, nil
}

// streamed is the member of an output that goes to a file, "" for none.
func streamed(op *catalog.Operation) string {
	for _, f := range op.Output {
		if f.Shape.Streaming {
			return f.Name
		}
	}
	return ""
}

// takeOutfile takes the name of that file out of the words that are no options.
func (c *Command) takeOutfile(rest []string) ([]string, *Error) {
	if streamed(c.operation) == "" {
		return rest, nil
	}
	name, others := takeWord(rest)
	if name == "" {
		return nil, usageError("the following arguments are required: outfile")
	}
	c.outfile = name
	return others, nil
}

// File is what a command leaves in a file.
type File struct{ Name, Content string }

// splitStream takes the streamed member out of an answer.
func (c *Command) splitStream(answer object) (object, *File) {
	name := streamed(c.operation)
	if name == "" {
		return answer, nil
	}
	text, _ := answer.get(name)
	encoded, _ := text.(string)
	content, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		panic("awscli: a blob that is not base64: " + err.Error())
	}
	return answer.without(name), &File{c.outfile, string(content)}
}
