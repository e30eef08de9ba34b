package main

import (
	"encoding/json"
	"io"
	"net/http"
	"path"
	"runtime"
	"strings"
)

// Assets fetches a file of the site as the platform keeps it: its type, length and ETag.
type Assets func(*http.Request) (*http.Response, error)

// Front returns the handler of what needs no world: the health and the version of this Worker, and the site, sent with
// the headers that it wants from any host.
func Front(assets Assets, csp string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { send(w, struct{ Status string }{"ok"}) })
	mux.HandleFunc("/version", func(w http.ResponseWriter, _ *http.Request) { send(w, Version{revision, runtime.Version()}) })
	mux.Handle("/", &site{assets, csp})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			refuse(w, http.StatusMethodNotAllowed, "only GET and HEAD")
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func send(w http.ResponseWriter, v any) {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Write(append(text, '\n'))
}

func refuse(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(text + "\n"))
}

// revision is that of the sources, which the build fills in; empty outside of a repository.
var revision string

// Version is what this Worker was built from.
type Version struct {
	Revision string
	Go       string // "go1.26.0"
}

// site is the built site; csp is its content security policy.
type site struct {
	assets Assets
	csp    string
}

// ServeHTTP answers with a file.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	wanted := r.Clone(r.Context())
	wanted.URL.Path, wanted.URL.RawPath = "/"+name, ""
	wanted.Body = nil
	file, err := s.assets(wanted)
	if err != nil {
		refuse(w, http.StatusBadGateway, "the site cannot be read")
		return
	}
	if file.StatusCode != http.StatusOK && file.StatusCode != http.StatusNotModified {
		refuse(w, http.StatusNotFound, "there is nothing at "+r.URL.Path)
		return
	}
	s.headers(w.Header(), name)
	// The names of assets change with their contents, and so does the version that other addresses carry.
	if strings.HasPrefix(name, "assets/") || r.URL.Query().Has("v") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	for _, h := range [...]string{"Content-Type", "ETag"} {
		if v := file.Header.Get(h); v != "" {
			w.Header().Set(h, v)
		}
	}
	w.WriteHeader(file.StatusCode)
	if r.Method != http.MethodHead && file.StatusCode == http.StatusOK {
		io.Copy(w, file.Body) // the stream itself at the edge: it does not pass through Go
	}
}

// headers are those that the site wants from any host; the local server sends the same and says why.
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
	h.Set("Cache-Control", "no-cache") // kept, and asked for again by its ETag
}
