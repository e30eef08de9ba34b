package clients

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// TestSigner signs requests with the SDK's own signer, whose canonical form is the one to meet, and holds that they are
// accepted, and that one with anything changed is not.
func TestSigner(t *testing.T) {
	dev := user(t, "100000000009", "dev", "")
	credentials, err := dev.Credentials.Retrieve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const form = "Action=GetCallerIdentity&Version=2011-06-15"
	for _, row := range []struct {
		name, method, query, body string
		headers                   map[string][]string
	}{
		{"plain", "POST", "", form, nil},
		{"spaces in headers", "POST", "", form, map[string][]string{"X-Custom": {"  a   b  c "}}},
		{"a header of many lines", "POST", "", form, map[string][]string{"X-Custom": {"b", "a", "c"}}},
		{"an empty header", "POST", "", form, map[string][]string{"X-Custom": {""}}},
		{"text of other alphabets", "POST", "", form, map[string][]string{"X-Custom": {"ü"}}},
		{"a query beside the form", "POST", "b=2&a=%20x&a=&%C3%BC=~-._", form, nil},
		{"all in the query", "GET", form + "&z=%2F%2A%27%28", "", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			send := func(change func(*http.Request)) int {
				r, err := http.NewRequest(row.method, endpoint+"/?"+row.query, strings.NewReader(row.body))
				if err != nil {
					t.Fatal(err)
				}
				for name, values := range row.headers {
					r.Header[name] = values
				}
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				sum := sha256.Sum256([]byte(row.body))
				if err := v4.NewSigner().SignHTTP(t.Context(), credentials, r, hex.EncodeToString(sum[:]), "sts", region, time.Now()); err != nil {
					t.Fatal(err)
				}
				change(r)
				res, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				defer res.Body.Close()
				io.Copy(io.Discard, res.Body)
				return res.StatusCode
			}
			if status := send(func(*http.Request) {}); status != 200 {
				t.Errorf("answered with %d", status)
			}
			if status := send(func(r *http.Request) { r.URL.RawQuery += "&c=3" }); status != 403 {
				t.Errorf("with another query: %d", status)
			}
			if status := send(func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded;") }); status != 403 {
				t.Errorf("with another header: %d", status)
			}
		})
	}
}
