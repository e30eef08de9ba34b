package iam

import "strconv"

// paginate answers a list in pages. A marker is where the next page starts; AWS's are opaque.
func paginate[T any](c *call, name string, all []T, form func(T) any) (Object, *Error) {
	start, end := 0, len(all)
	if marker := c.text("Marker"); marker != "" {
		n, err := strconv.Atoi(marker)
		if err != nil || n < 0 || n > len(all) {
			return nil, errorf("ValidationError", "Invalid Marker.")
		}
		start = n
	}
	page := []any{}
	if most := start + c.number("MaxItems", 100); end > most {
		end = most
	}
	for _, v := range all[start:end] {
		page = append(page, form(v))
	}
	o := Object{{name, page}, {"IsTruncated", end < len(all)}}
	if end < len(all) {
		o = append(o, Member{"Marker", strconv.Itoa(end)})
	}
	return o, nil
}
