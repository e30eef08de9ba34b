package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// testSite lays out a small site and returns its handler.
func testSite(t *testing.T) *site {
	t.Helper()
	dir, now := t.TempDir(), time.Now()
	for name, text := range map[string]string{
		"dist/index.html": "<p>hello", "dist/embed.html": "<p>embed", "dist/engine/a.wasm": "\x00asm",
		"dist/assets/a.js": "a plain", "dist/assets/a.js.br": "a br", "dist/assets/a.js.gz": "a gz",
		"dist/old.js": "newer", "dist/old.js.br": "older", "dist/notes.unknown": "?", "dist/sub/index.html": "<p>sub",
		"secret.txt": "secret",
		"csp.txt":    "# what pages may do\ndefault-src 'self';\nscript-src  'self' # no others\n  'wasm-unsafe-eval'\n",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		// Written in any order, as old as each other.
		if err := os.Chtimes(name, now, now); err != nil {
			t.Fatal(err)
		}
	}
	past := now.Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "dist/old.js.br"), past, past); err != nil {
		t.Fatal(err)
	}
	s, err := open(filepath.Join(dir, "dist"), filepath.Join(dir, "csp.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ask(s *site, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, "/", nil)
	r.URL.Path = target
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func TestFiles(t *testing.T) {
	s := testSite(t)
	for _, row := range []struct {
		method, path, accept string
		status               int
		contentType          string
		encoding, body       string
	}{
		{"GET", "/", "", 200, "text/html; charset=utf-8", "", "<p>hello"},
		{"HEAD", "/", "", 200, "text/html; charset=utf-8", "", ""},
		{"GET", "/sub/", "", 200, "text/html; charset=utf-8", "", "<p>sub"},
		{"GET", "/engine/a.wasm", "br", 200, "application/wasm", "", "\x00asm"},
		{"GET", "/assets/a.js", "", 200, "text/javascript; charset=utf-8", "", "a plain"},
		{"GET", "/assets/a.js", "gzip, deflate, br, zstd", 200, "text/javascript; charset=utf-8", "br", "a br"},
		{"GET", "/assets/a.js", "gzip;q=0.5", 200, "text/javascript; charset=utf-8", "gzip", "a gz"},
		{"GET", "/assets/a.js", "br;q=0, gzip;q=0.0", 200, "text/javascript; charset=utf-8", "", "a plain"},
		{"GET", "/old.js", "br", 200, "text/javascript; charset=utf-8", "", "newer"},
		{"GET", "/notes.unknown", "", 200, "application/octet-stream", "", "?"},
		{"GET", "/assets/", "", 404, "text/plain; charset=utf-8", "", "there is nothing at /assets/\n"},
		{"GET", "/assets", "", 404, "text/plain; charset=utf-8", "", "there is nothing at /assets\n"},
		{"GET", "/../secret.txt", "", 404, "text/plain; charset=utf-8", "", "there is nothing at /../secret.txt\n"},
		{"POST", "/", "", 405, "text/plain; charset=utf-8", "", "only GET and HEAD\n"},
	} {
		r := ask(s, row.method, row.path, "Accept-Encoding", row.accept)
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		got := []any{r.StatusCode, r.Header.Get("Content-Type"), r.Header.Get("Content-Encoding"), string(body)}
		want := []any{row.status, row.contentType, row.encoding, row.body}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s %s: got %q, want %q", row.method, row.path, got[i], want[i])
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	s := testSite(t)
	check := func(path, header, want string) {
		t.Helper()
		if got := ask(s, "GET", path).Header.Get(header); got != want {
			t.Errorf("%s: %s is %q, want %q", path, header, got, want)
		}
	}
	const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
	check("/", "Content-Security-Policy", policy+"; frame-ancestors 'self'")
	check("/embed.html", "Content-Security-Policy", policy)
	check("/", "X-Content-Type-Options", "nosniff")
	check("/", "Referrer-Policy", "no-referrer")
	check("/engine/a.wasm", "Access-Control-Allow-Origin", "*")
	check("/engine/a.wasm", "Cross-Origin-Resource-Policy", "cross-origin")
	check("/embed.html", "Cross-Origin-Embedder-Policy", "require-corp")
	check("/embed.html", "X-Frame-Options", "")
	check("/", "Cache-Control", "no-cache")
	check("/assets/a.js", "Cache-Control", "public, max-age=31536000, immutable")
}

func TestETag(t *testing.T) {
	s := testSite(t)
	plain := ask(s, "GET", "/assets/a.js").Header.Get("ETag")
	packed := ask(s, "GET", "/assets/a.js", "Accept-Encoding", "br").Header.Get("ETag")
	if plain == "" || plain == packed {
		t.Errorf("the forms of a file have the ETags %q and %q", plain, packed)
	}
	if r := ask(s, "GET", "/assets/a.js", "If-None-Match", plain); r.StatusCode != http.StatusNotModified {
		t.Errorf("an unchanged file answers %d", r.StatusCode)
	}
	if r := ask(s, "GET", "/assets/a.js", "If-None-Match", packed); r.StatusCode != http.StatusOK {
		t.Errorf("another form of the file answers %d", r.StatusCode)
	}
}

func TestPortInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	csp := filepath.Join(dir, "csp.txt")
	if err := os.WriteFile(csp, []byte("default-src 'self'"), 0o644); err != nil {
		t.Fatal(err)
	}
	address := taken.Addr().String()
	err = serve(context.Background(), dir, csp, address, world{bootstrap: "loopback"})
	want := address + " is in use; choose another port: PORT=8081 make run"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestStopsWhenAsked(t *testing.T) {
	dir := t.TempDir()
	csp := filepath.Join(dir, "csp.txt")
	if err := os.WriteFile(csp, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := serve(ctx, dir, csp, "127.0.0.1:0", world{bootstrap: "loopback"}); err != nil {
		t.Error(err)
	}
}
