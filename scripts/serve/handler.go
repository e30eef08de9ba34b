package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"
)

// site is a folder of files and the headers that go with them.
type site struct {
	files fs.FS
	csp   string
}

// open reads the policy and finds the folder; both must be there.
func open(dir, cspFile string) (*site, error) {
	text, err := os.ReadFile(cspFile)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is missing; build the site first: make build", dir)
	}
	if err != nil {
		return nil, err
	}
	return &site{files: root.FS(), csp: directives(string(text))}, nil
}

// directives makes one header line of a policy that is written over several lines, with "#" comments and
// directives that end with ";".
func directives(text string) string {
	var bare strings.Builder
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		bare.WriteString(line + " ")
	}
	var all []string
	for part := range strings.SplitSeq(bare.String(), ";") {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			all = append(all, part)
		}
	}
	return strings.Join(all, "; ")
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	s.headers(w.Header(), name)
	// The names of assets change with their contents, and so does the version that other addresses carry.
	if strings.HasPrefix(name, "assets/") || r.URL.Query().Has("v") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if err := s.send(w, r, name); err != nil {
		w.Header().Set("Cache-Control", "no-cache")
		http.Error(w, "there is nothing at "+r.URL.Path, http.StatusNotFound)
	}
}

// headers are those of every answer. The files may be used from anywhere: embeds run in frames without an origin,
// and an isolated page takes in a frame only when that asks for isolation itself. Pages other than the embed are
// framed by nobody else.
func (s *site) headers(h http.Header, name string) {
	csp := s.csp
	if path.Base(name) != "embed.html" {
		csp += "; frame-ancestors 'self'"
	}
	h.Set("Content-Security-Policy", csp)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache") // kept, and asked for again by its ETag
}

// encodings are the forms in which a file may lie beside itself, best first.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// send answers with a file, compressed when that form is there and wanted.
func (s *site) send(w http.ResponseWriter, r *http.Request, name string) error {
	plain, err := s.stat(name)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", contentType(name))
	for _, e := range encodings {
		if !accepts(r, e.name) || r.Header.Get("Range") != "" {
			continue
		}
		if packed, err := s.stat(name + e.suffix); err == nil && !packed.ModTime().Before(plain.ModTime()) {
			w.Header().Set("Content-Encoding", e.name)
			w.Header().Set("Content-Length", fmt.Sprint(packed.Size()))
			return s.content(w, r, name+e.suffix, packed)
		}
	}
	return s.content(w, r, name, plain)
}

// stat finds a file; folders are not shown.
func (s *site) stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(s.files, name)
	if err == nil && info.IsDir() {
		return nil, fs.ErrNotExist
	}
	return info, err
}

func (s *site) content(w http.ResponseWriter, r *http.Request, name string, info fs.FileInfo) error {
	file, err := s.files.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("ETag", fmt.Sprintf(`"%x-%x%s"`, info.ModTime().UnixNano(), info.Size(), path.Ext(name)))
	http.ServeContent(w, r, "", info.ModTime(), file.(io.ReadSeeker))
	return nil
}

// accepts reports whether the client takes an encoding: "gzip, br;q=0.9".
func accepts(r *http.Request, encoding string) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			zero := strings.Trim(strings.TrimPrefix(strings.TrimSpace(weight), "q="), "0.")
			return weight == "" || zero != ""
		}
	}
	return false
}

// contentType does not ask the machine's own tables, which differ.
func contentType(name string) string {
	if t, ok := contentTypes[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}

var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".ico":   "image/x-icon",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".map":   "application/json",
	".md":    "text/markdown; charset=utf-8",
	".mjs":   "text/javascript; charset=utf-8",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".wasm":  "application/wasm",
	".woff2": "font/woff2",
}
