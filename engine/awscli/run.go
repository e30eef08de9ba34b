package awscli

import (
	"encoding/json"
	"slices"

	"kmsplayground/engine"
)

// Result is what a command leaves behind.
type Result struct {
	Stdout   string
	Stderr   string
	ExitCode int
	File     *File // nil for commands that write none
}

// Run makes the calls that the command needs (one, or one for each page of a list) and prints as the AWS CLI does.
func (c Command) Run(call func(engine.Call) engine.Answer) Result {
	if c.Skeleton != "" {
		return Result{Stdout: c.Skeleton}
	}
	pages, failed := c.answers(call)
	if failed != nil {
		return Result{Stderr: ServiceError(c.Call.Operation, failed), ExitCode: exitService}
	}
	var file *File
	pages[0], file = c.splitStream(pages[0])
	out, err := c.print(pages)
	if err != nil {
		return Result{Stderr: err.Message, ExitCode: err.ExitCode, File: file}
	}
	return Result{Stdout: out, File: file}
}

// ServiceError is what the AWS CLI prints about an error of the service.
func ServiceError(operation string, e *engine.Error) string {
	return "\nAn error occurred (" + e.Code + ") when calling the " + operation + " operation: " + e.Message + "\n"
}

// answers collects the outputs, one for each page.
func (c Command) answers(call func(engine.Call) engine.Answer) ([]object, *engine.Error) {
	if c.pages.pager == nil {
		answer := call(c.Call)
		if answer.Error != nil {
			return nil, answer.Error
		}
		return []object{shown(c.operation.Output, answer.Output)}, nil
	}
	var pages []object
	room, skip, marker := c.pages.maxItems, c.pages.start.Truncated, c.pages.start.marker()
	for {
		answer := call(c.page(marker))
		if answer.Error != nil {
			return nil, answer.Error
		}
		page := shown(c.operation.Output, answer.Output)
		next, _ := page.get(c.pages.next)
		page = page.without("NextToken") // of the service; the AWS CLI's own has the same name
		page, room, skip = c.pages.cut(page, marker, room, skip)
		pages = append(pages, page)
		more, _ := page.get(c.pages.more)
		if c.pages.more != "" && more != true || next == nil || next == marker {
			return pages, nil
		}
		if _, cut := page.get("NextToken"); cut {
			return pages, nil
		}
		if room == 0 {
			return append(pages[:len(pages)-1], page.with("NextToken", c.pages.resume(next, 0))), nil
		}
		marker = next
	}
}

// page is the call for one page.
func (c Command) page(marker any) engine.Call {
	call := c.Call
	value, _ := decodeOrdered(call.Input)
	input, _ := value.(object)
	if marker != nil {
		input = input.with(c.pages.input, marker)
	}
	if c.pages.pageSize != "" {
		input = input.with(c.pages.limit, c.pages.pageSize)
	}
	call.Input = json.RawMessage(marshal(input))
	return call
}

// cut leaves out what an earlier command showed of this page, and what goes past --max-items; the rest is then behind
// a NextToken.
func (p *paging) cut(page object, marker any, room, skip int) (object, int, int) {
	for _, name := range p.results {
		value, _ := page.get(name)
		list, _ := value.([]any)
		list = list[min(skip, len(list)):]
		if room >= 0 && len(list) > room {
			list = list[:room]
			page = page.with("NextToken", p.resume(marker, skip+room))
			if p.more != "" {
				page = page.with(p.more, false)
			}
		}
		if room >= 0 {
			room -= len(list)
		}
		if value != nil {
			page = page.with(name, append([]any{}, list...))
		}
	}
	return page, room, 0
}

func (c Command) print(pages []object) (string, *Error) {
	if c.Output == "text" {
		return c.printText(pages)
	}
	var value any = c.whole(pages)
	if c.Query != "" {
		found, err := search(c.Query, value)
		if err != nil {
			return "", err
		}
		value = found
	}
	if o, ok := value.(object); ok && len(o) == 0 {
		return "", nil
	}
	return jsonText(value), nil
}

// whole joins the pages: the lists, what else the first page holds, and NextToken when something is left.
func (c Command) whole(pages []object) object {
	if c.pages.pager == nil {
		return pages[0]
	}
	out := object{}
	for _, name := range c.pages.results {
		list := []any{}
		for _, page := range pages {
			value, _ := page.get(name)
			part, _ := value.([]any)
			list = append(list, part...)
		}
		out = append(out, member{name, list})
	}
	for _, m := range pages[0] {
		if _, ok := out.get(m.name); !ok && m.name != c.pages.next && m.name != c.pages.more && m.name != "NextToken" {
			out = append(out, m)
		}
	}
	if t, ok := pages[len(pages)-1].get("NextToken"); ok {
		out = append(out, member{"NextToken", t})
	}
	return out
}

// printText prints page by page, and applies the query to each, as the AWS CLI does; also to the NextToken.
func (c Command) printText(pages []object) (string, *Error) {
	text := ""
	for i, page := range pages {
		parts := []object{c.textPage(page, i)}
		if resume, ok := page.get("NextToken"); ok {
			parts = append(parts, object{{"NextToken", object{{"NextToken", resume}}}})
		}
		for _, part := range parts {
			var value any = part
			if c.Query != "" {
				found, err := search(c.Query, value)
				if err != nil {
					return "", err
				}
				value = found
			}
			text += plainText(value)
		}
	}
	return text, nil
}

// textPage is what text output shows of a page: its lists, and of the first page what else it holds.
func (c Command) textPage(page object, i int) object {
	if c.pages.pager == nil {
		return page
	}
	out := object{}
	for _, m := range page {
		listed := slices.Contains(c.pages.results, m.name)
		if listed || i == 0 && m.name != c.pages.next && m.name != c.pages.more && m.name != "NextToken" {
			out = append(out, m)
		}
	}
	return out
}
