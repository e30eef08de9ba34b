package wire

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/catalog"
)

// parseQuery reads a request of the Query protocol: the operation and its input are form parameters.
func parseQuery(r *http.Request, body []byte) (*request, *refusal) {
	form, err := url.ParseQuery(string(body))
	if r.Method == http.MethodGet {
		form, err = url.ParseQuery(r.URL.RawQuery)
	}
	if err != nil {
		return nil, bad("MalformedQueryString", "The query string contains a syntax error.")
	}
	action, version := form.Get("Action"), form.Get("Version")
	if action == "" {
		return nil, bad("MissingAction", "The request must contain the parameter Action.")
	}
	if version == "" {
		version = "NO_VERSION_SPECIFIED"
	}
	for _, s := range services {
		if s.version != version {
			continue
		}
		req := &request{service: s.name}
		op := find(s.operations(), action)
		if op == nil {
			return req, bad("InvalidAction", "Could not find operation %s for version %s; there are %s.", shortened(action), version, names(s.operations()))
		}
		req.operation = op
		in := formInput{form}
		req.input, req.malformed = in.structure(op.Input, "")
		return req, nil
	}
	return nil, bad("InvalidAction", "Could not find operation %s for version %s", shortened(action), shortened(version))
}

// formInput is the input of a request as the Query protocol spreads it: Tags.member.1.Key=a.
type formInput struct{ values url.Values }

// structure writes fields as JSON; what the client left out is left out.
func (f formInput) structure(fields []catalog.Field, prefix string) ([]byte, *refusal) {
	out := []byte{'{'}
	for _, field := range fields {
		text, malformed := f.value(field.Shape, prefix+field.Name)
		if malformed != nil {
			return nil, malformed
		}
		if text == nil {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, quoted(field.Name)...), ':'), text...)
	}
	return append(out, '}'), nil
}

// value writes the value at a name as JSON, nil when there is none.
func (f formInput) value(shape *catalog.Shape, name string) ([]byte, *refusal) {
	switch shape.Type {
	case catalog.Structure:
		if !f.below(name) {
			return nil, nil
		}
		return f.structure(shape.Fields, name+".")
	case catalog.List:
		return f.list(shape, name)
	case catalog.Map:
		return f.mapping(shape, name)
	}
	values, given := f.values[name]
	if !given {
		return nil, nil
	}
	return scalar(shape, values[0])
}

// scalar writes a plain value. What is no number or truth value at all is told apart from one that is out of bounds.
func scalar(shape *catalog.Shape, text string) ([]byte, *refusal) {
	switch shape.Type {
	case catalog.Integer:
		if n, err := strconv.Atoi(text); err == nil {
			return strconv.AppendInt(nil, int64(n), 10), nil
		}
		return nil, bad("MalformedInput", "")
	case catalog.Boolean:
		switch text {
		case "true", "false":
			return []byte(text), nil
		}
		return nil, bad("MalformedInput", "")
	}
	return []byte(quoted(strings.ToValidUTF8(text, "�"))), nil
}

// below reports whether a parameter names a part of what has this name.
func (f formInput) below(name string) bool {
	for key := range f.values {
		if strings.HasPrefix(key, name+".") {
			return true
		}
	}
	return false
}

// numbers are the numbers that follow a prefix, sorted: 1 and 2 of "Tags.member.1.Key" and "Tags.member.2.Key".
func (f formInput) numbers(prefix string) []int {
	var all []int
	for key := range f.values {
		rest, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		rest, _, _ = strings.Cut(rest, ".")
		if n, err := strconv.Atoi(rest); err == nil && n > 0 && !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all
}

// list reads "X.member.1" and the like. "X=" is the empty list.
func (f formInput) list(shape *catalog.Shape, name string) ([]byte, *refusal) {
	prefix := name + ".member."
	numbers := f.numbers(prefix)
	if _, empty := f.values[name]; len(numbers) == 0 && !empty {
		return nil, nil
	}
	out := []byte{'['}
	for _, n := range numbers {
		text, malformed := f.value(shape.Member, prefix+strconv.Itoa(n))
		if malformed != nil {
			return nil, malformed
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, text...)
	}
	return append(out, ']'), nil
}

// mapping reads "X.entry.1.key" and "X.entry.1.value".
func (f formInput) mapping(shape *catalog.Shape, name string) ([]byte, *refusal) {
	prefix := name + ".entry."
	numbers := f.numbers(prefix)
	if len(numbers) == 0 {
		return nil, nil
	}
	out := []byte{'{'}
	for _, n := range numbers {
		entry := prefix + strconv.Itoa(n)
		text, malformed := f.value(shape.Member, entry+".value")
		if malformed != nil || text == nil {
			return nil, bad("MalformedInput", "")
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, quoted(f.values.Get(entry+".key"))...), ':'), text...)
	}
	return append(out, '}'), nil
}

func writeQuery(w http.ResponseWriter, req *request, a engine.Answer) {
	w.Header().Set("x-amzn-RequestId", a.RequestID)
	w.Header().Set("Content-Type", "text/xml")
	w.Write(response(req, a))
}

func refuseQuery(w http.ResponseWriter, service, requestID string, e *refusal) {
	code, status := e.code, e.status
	if q, ok := queryErrors[code]; ok {
		code, status = q.code, q.status
	}
	w.Header().Set("Content-Type", "text/xml")
	w.WriteHeader(status)
	w.Write(errorResponse(service, requestID, code, status, e.message))
}
