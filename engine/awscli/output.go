package awscli

import (
	"encoding/json"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"

	"kmsplayground/engine/catalog"
)

// shown turns an answer's output into what the AWS CLI shows: members in the order of the model, times in ISO 8601,
// policy documents of IAM as JSON.
func shown(fields []catalog.Field, output json.RawMessage) object {
	if len(output) == 0 {
		return object{}
	}
	value, err := decodeOrdered(output)
	if err != nil {
		panic("awscli: output that is no JSON: " + err.Error())
	}
	o, _ := value.(object)
	whole := &catalog.Shape{Type: catalog.Structure, Fields: fields}
	return show(whole, inOrder(whole, o)).(object)
}

// inOrder puts the members of structures into the order of the model; unknown ones come last.
func inOrder(shape *catalog.Shape, value any) any {
	switch v := value.(type) {
	case []any:
		if shape.Type == catalog.List {
			for i := range v {
				v[i] = inOrder(shape.Member, v[i])
			}
		}
	case object:
		for i := range v {
			if inner := memberShape(shape, v[i].name); inner != nil {
				v[i].value = inOrder(inner, v[i].value)
			}
		}
		if shape.Type == catalog.Structure {
			rank := func(name string) int {
				for i, f := range shape.Fields {
					if f.Name == name {
						return i
					}
				}
				return len(shape.Fields)
			}
			sort.SliceStable(v, func(i, j int) bool { return rank(v[i].name) < rank(v[j].name) })
		}
		return v
	}
	return value
}

func show(shape *catalog.Shape, value any) any {
	switch v := value.(type) {
	case []any:
		if shape.Type == catalog.List {
			for i := range v {
				v[i] = show(shape.Member, v[i])
			}
		}
	case object:
		for i := range v {
			if inner := memberShape(shape, v[i].name); inner != nil {
				v[i].value = show(inner, v[i].value)
			}
		}
	case json.Number:
		if f, err := v.Float64(); shape.Type == catalog.Timestamp && err == nil {
			return isoTime(catalog.FromEpoch(f))
		}
	case string:
		return showText(shape, v)
	}
	return value
}

func showText(shape *catalog.Shape, text string) any {
	switch {
	case shape.Type == catalog.Timestamp:
		if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
			return isoTime(t.UTC())
		}
	case shape.Document:
		return showDocument(text)
	}
	return text
}

// showDocument shows a policy as JSON. On the wire IAM escapes it as part of a URL.
func showDocument(text string) any {
	if strings.HasPrefix(text, "%") {
		if plain, err := url.QueryUnescape(text); err == nil {
			text = plain
		}
	}
	if value, err := decodeOrdered([]byte(text)); err == nil {
		return value
	}
	return text
}

// isoTime is Python's datetime.isoformat(), which shows six digits of a second or none.
func isoTime(t time.Time) string {
	if t.Nanosecond() == 0 {
		return t.Format("2006-01-02T15:04:05-07:00")
	}
	return t.Format("2006-01-02T15:04:05.000000-07:00")
}

// jsonText is Python's json.dumps(value, indent=4, ensure_ascii=False) and a line break.
func jsonText(value any) string {
	var b strings.Builder
	writeJSON(&b, value, "\n")
	b.WriteByte('\n')
	return b.String()
}

func writeJSON(b *strings.Builder, value any, indent string) {
	switch v := value.(type) {
	case object:
		writeNested(b, "{", "}", len(v), indent, func(i int, inner string) {
			writeQuoted(b, v[i].name)
			b.WriteString(": ")
			writeJSON(b, v[i].value, inner)
		})
	case []any:
		writeNested(b, "[", "]", len(v), indent, func(i int, inner string) { writeJSON(b, v[i], inner) })
	case string:
		writeQuoted(b, v)
	case json.Number:
		b.WriteString(string(v))
	case float64:
		b.WriteString(number(v))
	case bool:
		b.WriteString(strconv.FormatBool(v))
	default:
		b.WriteString("null")
	}
}

func writeNested(b *strings.Builder, open, end string, n int, indent string, write func(i int, inner string)) {
	b.WriteString(open)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(indent + "    ")
		write(i, indent+"    ")
	}
	if n > 0 {
		b.WriteString(indent)
	}
	b.WriteString(end)
}

func writeQuoted(b *strings.Builder, text string) {
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\b':
			b.WriteString(`\b`)
		case r == '\f':
			b.WriteString(`\f`)
		case r < 0x20:
			b.WriteString(`\u00` + string("0123456789abcdef"[r>>4]) + string("0123456789abcdef"[r&15]))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

// number writes whole numbers without a fraction.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// plainText is the AWS CLI's text output: tab-separated scalars, a line per structure that begins with the name of
// its member in capitals, keys in alphabetical order.
func plainText(value any) string {
	var b strings.Builder
	writeText(&b, value, "", nil)
	return b.String()
}

func writeText(b *strings.Builder, value any, title string, columns []string) {
	switch v := value.(type) {
	case object:
		writeTextObject(b, v, title, columns)
	case []any:
		writeTextList(b, v, title)
	default:
		b.WriteString(scalarText(v) + "\n")
	}
}

func writeTextList(b *strings.Builder, list []any, title string) {
	var scalars []string
	var nested []any
	objects := false
	for _, v := range list {
		switch v.(type) {
		case object:
			objects = true
			nested = append(nested, v)
		case []any:
			nested = append(nested, v)
		default:
			scalars = append(scalars, scalarText(v))
		}
	}
	if objects {
		columns := scalarKeys(list)
		for _, v := range list {
			writeText(b, v, title, columns)
		}
		return
	}
	switch {
	case len(scalars) == 0:
	case title == "":
		b.WriteString(strings.Join(scalars, "\t") + "\n")
	default:
		for _, s := range scalars {
			b.WriteString(strings.ToUpper(title) + "\t" + s + "\n")
		}
	}
	for _, v := range nested {
		writeText(b, v, title, nil)
	}
}

// scalarKeys are the columns of a list of structures, sorted and never nil.
func scalarKeys(list []any) []string {
	seen := map[string]bool{}
	keys := []string{}
	for _, v := range list {
		o, _ := v.(object)
		for _, m := range o {
			if !isNested(m.value) && !seen[m.name] {
				seen[m.name] = true
				keys = append(keys, m.name)
			}
		}
	}
	sort.Strings(keys)
	return keys
}

func isNested(v any) bool {
	switch v.(type) {
	case object, []any:
		return true
	}
	return false
}

func writeTextObject(b *strings.Builder, o object, title string, columns []string) {
	sorted := append(object{}, o...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].name < sorted[j].name })
	var cells []string
	var nested object
	column := map[string]bool{}
	for _, c := range columns {
		column[c] = true
		cell := ""
		if v, ok := o.get(c); ok {
			cell = scalarText(v)
		}
		cells = append(cells, cell)
	}
	for _, m := range sorted {
		switch {
		case column[m.name]:
		case columns == nil && !isNested(m.value):
			cells = append(cells, scalarText(m.value))
		default:
			nested = append(nested, m)
		}
	}
	if len(cells) > 0 {
		if title != "" {
			cells = append([]string{strings.ToUpper(title)}, cells...)
		}
		b.WriteString(strings.Join(cells, "\t") + "\n")
	}
	for _, m := range nested {
		writeText(b, m.value, m.name, nil)
	}
}

// scalarText is Python's str() of a value.
func scalarText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return string(v)
	case float64:
		return number(v)
	case bool:
		return map[bool]string{true: "True", false: "False"}[v]
	case nil:
		return "None"
	}
	return pythonRepr(value)
}
