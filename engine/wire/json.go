package wire

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
)

// parseJSON reads a request of AWS JSON 1.1: the operation is in a header, the input is the body.
func parseJSON(r *http.Request, body []byte) (*request, *refusal) {
	target := r.Header.Get("X-Amz-Target")
	dot := strings.LastIndexByte(target, '.')
	for _, s := range services {
		if s.target == "" || dot < 0 || target[:dot] != s.target {
			continue
		}
		op := find(s.operations(), target[dot+1:])
		if op == nil {
			return nil, bad("UnknownOperationException", "There is no operation %s here; there are %s.", shortened(target[dot+1:]), names(s.operations()))
		}
		req := &request{service: s.name, operation: op, input: body}
		if len(body) == 0 {
			req.input = json.RawMessage("{}")
		}
		req.malformed = malformedJSON(req.input)
		return req, nil
	}
	return nil, bad("UnknownOperationException", "There is no service behind X-Amz-Target %s here; there are %s, and IAM and STS in the Query protocol.", shortened(target), targets())
}

func targets() string {
	all := []string{}
	for _, s := range services {
		if s.target != "" {
			all = append(all, s.target)
		}
	}
	return strings.Join(all, ", ")
}

// shortened keeps what a client sent readable in an error.
func shortened(s string) string {
	if len(s) > 200 {
		s = s[:200] + "…"
	}
	return strings.ToValidUTF8(s, "�")
}

// maxNesting is deeper than any input; parsers recurse, and a stack has an end.
const maxNesting = 64

func malformedJSON(body []byte) *refusal {
	if !bounded(body) || !utf8.Valid(body) || !gjson.ValidBytes(body) || bytes.TrimLeft(body, " \t\r\n")[0] != '{' {
		return bad("SerializationException", "")
	}
	return nil
}

// bounded reports whether brackets are not nested too deep and numbers are finite.
func bounded(body []byte) bool {
	depth := 0
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == '"':
			i = stringEnd(body, i)
		case c == '{' || c == '[':
			if depth++; depth > maxNesting {
				return false
			}
		case c == '}' || c == ']':
			depth--
		case c == '-' || c >= '0' && c <= '9':
			end := i + 1
			for end < len(body) && strings.IndexByte("0123456789+-.eE", body[end]) >= 0 {
				end++
			}
			if _, err := strconv.ParseFloat(string(body[i:end]), 64); err != nil {
				return false
			}
			i = end - 1
		}
	}
	return true
}

// stringEnd is the index of the quote that ends the string which starts at i.
func stringEnd(body []byte, i int) int {
	for i++; i < len(body) && body[i] != '"'; i++ {
		if body[i] == '\\' {
			i++
		}
	}
	return i
}

// jsonType and notKept are the same in all answers.
var (
	jsonType = []string{"application/x-amz-json-1.1"}
	notKept  = []string{"no-cache, no-store, must-revalidate, private"}
)

func writeJSON(w http.ResponseWriter, req *request, a engine.Answer) {
	h := w.Header()
	h["X-Amzn-Requestid"] = []string{a.RequestID}
	h["Content-Type"], h["Cache-Control"] = jsonType, notKept
	if nothing(req.operation) {
		h.Set("Content-Length", "0")
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Write(a.Output)
}

// refuseJSON writes an error. AWS leaves out the message where there is none.
func refuseJSON(w http.ResponseWriter, _, requestID string, e *refusal) {
	h := w.Header()
	h.Set("Content-Type", "application/x-amz-json-1.1")
	h.Set("x-amzn-ErrorType", e.code)
	body := `{"__type":` + quoted(e.code)
	if e.message != "" {
		name := "message"
		if e.capital {
			name = "Message"
		}
		body += `,"` + name + `":` + quoted(e.message)
	}
	w.WriteHeader(e.status)
	w.Write([]byte(body + "}"))
}

func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // strings can be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}
