package wire

import (
	"bytes"
	"maps"
	"net/http"
	"slices"
)

// Response keeps what a handler writes, for hosts whose clients are not at the other end of a connection. The zero
// Response is one that nothing has been written to.
type Response struct {
	Body   bytes.Buffer
	header http.Header
	status int
}

// Header is what goes before the body.
func (r *Response) Header() http.Header {
	if r.header == nil {
		r.header = http.Header{}
	}
	return r.header
}

// WriteHeader sets the status.
func (r *Response) WriteHeader(status int) { r.status = status }

func (r *Response) Write(text []byte) (int, error) { return r.Body.Write(text) }

// Status is 200 unless a handler said otherwise.
func (r *Response) Status() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}

// Lines are the names and values of the header, sorted by name.
func (r *Response) Lines() [][2]string {
	lines := [][2]string{}
	for _, name := range slices.Sorted(maps.Keys(r.header)) {
		for _, value := range r.header[name] {
			lines = append(lines, [2]string{name, value})
		}
	}
	return lines
}
