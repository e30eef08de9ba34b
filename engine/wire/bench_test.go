package wire

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkEncrypt is a signed Encrypt from the HTTP request to the answer, without a network.
func BenchmarkEncrypt(b *testing.B) {
	c := member(&testing.T{}, false)
	input := `{"KeyId":"` + c.kms("CreateKey", "{}").Get("KeyMetadata.Arn").Str + `","Plaintext":"aGVsbG8="}`
	r := c.request("kms", "application/x-amz-json-1.1", "TrentService.Encrypt", input, nil)
	b.ReportAllocs()
	for b.Loop() {
		body := strings.NewReader(input)
		r.Body = nopCloser{body}
		w := httptest.NewRecorder()
		c.handler.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatal(w.Body)
		}
		c.world.KeepTrail(1000)
	}
}

type nopCloser struct{ *strings.Reader }

func (nopCloser) Close() error { return nil }
