package main

import (
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"kmsplayground/engine/wire"
)

// BenchmarkHandler is the calls of BenchmarkEndpoint without a network: what the endpoint itself costs.
func BenchmarkHandler(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as main does
	h, _, err := newHost("", "", time.Now)
	if err != nil {
		b.Fatal(err)
	}
	handler := both(http.NotFoundHandler(), h, wire.Options{})
	endpoint := httptest.NewServer(handler)
	defer endpoint.Close()
	c := benchClient(b, endpoint.URL)
	for _, call := range c.calls() {
		b.Run(call.name, func(b *testing.B) {
			signed := c.signed(call.operation, call.input)
			signed.RemoteAddr = "127.0.0.1:40000"
			signed.Host = signed.URL.Host
			var w discard
			body := new(rewound)
			signed.Body = body
			b.ReportAllocs()
			for b.Loop() {
				body.Reader.Reset(call.input)
				w = discard{header: http.Header{}, status: 200}
				handler.ServeHTTP(&w, signed)
				if w.status != 200 {
					b.Fatal(w.status)
				}
			}
		})
	}
}

// rewound is a body that is read again and again.
type rewound struct{ strings.Reader }

func (*rewound) Close() error { return nil }

// discard takes an answer and keeps its status.
type discard struct {
	header http.Header
	status int
}

func (w *discard) Header() http.Header         { return w.header }
func (w *discard) WriteHeader(status int)      { w.status = status }
func (w *discard) Write(p []byte) (int, error) { return len(p), nil }
