package awscli

import (
	"encoding/base64"
	"encoding/json"
	"strconv"

	"kmsplayground/engine/catalog"
)

// pager is how an operation hands out a long list: KMS with Limit, NextMarker and Truncated, IAM with MaxItems, Marker
// and IsTruncated, Organizations with MaxResults and NextToken.
type pager struct {
	limit, next, more string   // more is empty where there is more as long as there is a token
	input             string   // the parameter that takes the token
	results           []string // the lists of the output
}

// pagingOf returns nil for operations that answer in one piece.
func pagingOf(op *catalog.Operation) *pager {
	p := pager{input: "Marker"}
	for _, f := range op.Output {
		switch {
		case f.Name == "Truncated", f.Name == "IsTruncated":
			p.more = f.Name
		case f.Name == "NextMarker", f.Name == "Marker":
			p.next = f.Name
		case f.Name == "NextToken":
			p.next, p.input = f.Name, f.Name
		case f.Shape.Type == catalog.List:
			p.results = append(p.results, f.Name)
		}
	}
	for _, f := range op.Input {
		if f.Name == "Limit" || f.Name == "MaxItems" || f.Name == "MaxResults" {
			p.limit = f.Name
		}
	}
	if p.next == "" || p.more == "" && p.input == "Marker" {
		return nil
	}
	return &p
}

// paging is what one command line asks of the pager.
type paging struct {
	*pager         // nil: one call, its output as it comes
	start    token // --starting-token
	maxItems int   // --max-items, -1 for all
	pageSize json.Number
	problem  *Error
}

// token is where a list goes on: the service's marker, and how much of that page was shown already. The AWS CLI prints
// it as base64 of JSON.
type token struct {
	Marker    any
	NextToken any
	Truncated int `json:"boto_truncate_amount"` // botocore's word, within the token only
}

// takes reports whether the option belongs to the CLI's paging although the operation has a parameter of its name.
func (p paging) takes(o *option) bool {
	return p.pager != nil && o.dest == "MaxItems"
}

// pagingMode pages unless --no-paginate or a parameter of the operation that pages by hand is given.
func pagingMode(op *catalog.Operation, got given, base object, noPaginate bool) paging {
	p := pagingOf(op)
	if p == nil {
		return paging{}
	}
	manual := noPaginate || got.has(p.input) || got.has("Limit") || got.has("MaxResults")
	for _, name := range []string{p.input, p.limit} {
		if _, ok := base.get(name); ok {
			manual = true
		}
	}
	if manual {
		return paging{problem: pagingRefused(got)}
	}
	page := paging{pager: p, maxItems: -1}
	page.problem = page.read(got)
	return page
}

func pagingRefused(got given) *Error {
	used := ""
	for _, name := range []string{"starting-token", "page-size", "max-items"} {
		if got.has(name) {
			if used != "" {
				used += ", "
			}
			used += "--" + name
		}
	}
	if used == "" {
		return nil
	}
	return &Error{"\nCannot specify --no-paginate along with pagination arguments: " + used + "\n", exitUsage}
}

func (p *paging) read(got given) *Error {
	for _, name := range []string{"max-items", "MaxItems"} {
		if got.has(name) {
			n, err := integer(got.last(name))
			if err != nil {
				return err
			}
			p.maxItems, _ = strconv.Atoi(string(n.(json.Number)))
		}
	}
	if got.has("page-size") {
		n, err := integer(got.last("page-size"))
		if err != nil {
			return err
		}
		p.pageSize = n.(json.Number)
	}
	if got.has("starting-token") {
		if text, err := base64.StdEncoding.DecodeString(got.last("starting-token")); err != nil || json.Unmarshal(text, &p.start) != nil {
			return &Error{"\nBad starting token: " + got.last("starting-token") + "\n", exitGeneral}
		}
	}
	return nil
}

// marker is the service's own, under whichever name.
func (t token) marker() any {
	if t.NextToken != nil {
		return t.NextToken
	}
	return t.Marker
}

// resume is the --starting-token of the rest.
func (p *pager) resume(marker any, shown int) string {
	text := `{"` + p.input + `": ` + string(marshal(marker))
	if shown > 0 {
		text += `, "boto_truncate_amount": ` + strconv.Itoa(shown)
	}
	return base64.StdEncoding.EncodeToString([]byte(text + "}"))
}
