package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
)

// files are the assets of a platform.
func files(names ...string) Assets {
	return func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/broken" {
			return nil, errors.New("no platform")
		}
		answer := &http.Response{StatusCode: http.StatusNotFound, Header: http.Header{}, Body: http.NoBody}
		for _, name := range names {
			if r.URL.Path == "/"+name {
				answer.StatusCode = http.StatusOK
				answer.Header.Set("Content-Type", "text/"+name)
				answer.Header.Set("ETag", `"1"`)
				answer.Header.Set("Server", "platform")
				answer.Body = io.NopCloser(strings.NewReader(name))
				if r.Header.Get("If-None-Match") == `"1"` {
					answer.StatusCode, answer.Body = http.StatusNotModified, http.NoBody
				}
			}
		}
		return answer, nil
	}
}

func TestFront(t *testing.T) {
	front := Front(files("index.html", "embed.html", "assets/a.js", "lessons/index.html"), "default-src 'none'")
	const (
		csp  = "default-src 'none'; frame-ancestors 'self'"
		keep = "public, max-age=31536000, immutable"
	)
	check := func(method, target, etag string, status int, body, csp, cache string) {
		t.Helper()
		r := httptest.NewRequest(method, target, nil)
		r.Header.Set("If-None-Match", etag)
		w := httptest.NewRecorder()
		front.ServeHTTP(w, r)
		h := w.Header()
		if w.Code != status || w.Body.String() != body || h.Get("Content-Security-Policy") != csp || h.Get("Cache-Control") != cache || h.Get("Server") != "" {
			t.Errorf("%s %s: got %d %q %v", method, target, w.Code, w.Body, h)
		}
	}
	check("GET", "/", "", 200, "index.html", csp, "no-cache")
	check("HEAD", "/", "", 200, "", csp, "no-cache")
	check("GET", "/", `"1"`, 304, "", csp, "no-cache")
	check("GET", "/embed.html", "", 200, "embed.html", "default-src 'none'", "no-cache")
	check("GET", "/lessons/", "", 200, "lessons/index.html", csp, "no-cache")
	check("GET", "/assets/a.js", "", 200, "assets/a.js", csp, keep)
	check("GET", "/embed.html?v=1", "", 200, "embed.html", "default-src 'none'", keep)
	check("GET", "/nothing", "", 404, "there is nothing at /nothing\n", "", "")
	check("GET", "/broken", "", 502, "the site cannot be read\n", "", "")
	check("POST", "/embed.html", "", 405, "only GET and HEAD\n", "", "")
	check("GET", "/health", "", 200, "{\"Status\":\"ok\"}\n", "", "no-store")
	check("DELETE", "/version", "", 405, "only GET and HEAD\n", "", "")
}

var noon = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// ask makes a call signed with an access key.
func ask(w *World, id, operation, input string, headers ...[2]string) (status int, body string) {
	at := w.now().Format("20060102T150405Z")
	h := Head{Method: "POST", URL: "https://kms.example/", Header: append(headers,
		[2]string{"content-type", "application/x-amz-json-1.1"}, [2]string{"x-amz-date", at}, [2]string{"x-amz-target", "TrentService." + operation},
		[2]string{"authorization", "AWS4-HMAC-SHA256 Credential=" + id + "/" + at[:8] + "/eu-west-1/kms/aws4_request, SignedHeaders=host;x-amz-date, Signature=00"})}
	head, err := json.Marshal(h)
	if err != nil {
		panic(err)
	}
	answer, content := w.Answer(head, []byte(input))
	var got Head
	if err := json.Unmarshal(answer, &got); err != nil {
		panic(err)
	}
	return got.Status, string(content)
}

func quiet(string) {}

func TestBootstrap(t *testing.T) {
	const refused = `{"__type":"UnrecognizedClientException","message":"The security token included in the request is invalid."}`
	check := func(bootstrap, id string, status int, want string) {
		t.Helper()
		local := [2]string{"cf-connecting-ip", "127.0.0.1"}
		if got, body := ask(NewWorld(bootstrap, func() time.Time { return noon }, quiet), id, "ListKeys", "{}", local); got != status || body != want {
			t.Errorf("%q, %s: got %d %s", bootstrap, id, got, body)
		}
	}
	check("anywhere", "111122223333", 200, `{"Keys":[],"Truncated":false}`)
	check("anywhere", "AKIAIOSFODNN7EXAMPLE", 400, refused)
	for _, closed := range []string{"", "never", "loopback", "true", "Anywhere"} {
		check(closed, "111122223333", 400, refused)
	}
}

// TestWorld holds that the state of a world stays, that its clock is real, and that it sees where calls come from.
func TestWorld(t *testing.T) {
	now := noon
	w := NewWorld("anywhere", func() time.Time { return now }, quiet)
	status, body := ask(w, "111122223333", "CreateKey", `{"Description":"first"}`, [2]string{"cf-connecting-ip", "2001:db8::1"})
	var made struct {
		KeyMetadata struct {
			KeyId        string
			CreationDate float64
		}
	}
	if err := json.Unmarshal([]byte(body), &made); status != 200 || err != nil || made.KeyMetadata.CreationDate != float64(noon.Unix()) {
		t.Fatalf("got %d %s, %v", status, body, err)
	}
	now = now.Add(time.Hour)
	if status, body = ask(w, "111122223333", "ScheduleKeyDeletion", `{"KeyId":"`+made.KeyMetadata.KeyId+`","PendingWindowInDays":7}`); status != 200 {
		t.Fatalf("got %d %s", status, body)
	}
	trail := w.world.Trail()
	if len(trail) != 2 || gjson.GetBytes(trail[0].JSON(), "sourceIPAddress").Str != "2001:db8::1" {
		t.Errorf("the trail is %s", trail)
	}
	now = now.Add(8 * 24 * time.Hour)
	if status, body = ask(w, "111122223333", "ListKeys", "{}"); status != 200 || body != `{"Keys":[],"Truncated":false}` {
		t.Errorf("after the waiting period: got %d %s", status, body)
	}
	if other, _ := json.Marshal(NewWorld("", time.Now, quiet).RequestID()); string(other) == `"`+w.RequestID()+`"` {
		t.Error("two worlds draw the same ids")
	}
}

func TestWorldOutlivesMistakes(t *testing.T) {
	told := ""
	w := NewWorld("anywhere", func() time.Time { return noon }, func(text string) { told = text })
	for _, head := range []string{"", "[]", `{"URL":"%"}`} {
		answer, _ := w.Answer([]byte(head), nil)
		if !strings.Contains(string(answer), `"Status":400`) {
			t.Errorf("%q: got %s", head, answer)
		}
	}
	w.world = nil
	if _, err := w.Call(engine.Call{Service: "kms", Operation: "ListKeys"}); err == nil || err.Error() != "the engine panicked" || !strings.HasPrefix(told, "kms ListKeys: ") {
		t.Errorf("got %v, and it told %q", err, told)
	}
}
