// Command serve hands out the built site on this machine, with the headers that it wants from any host, and answers AWS
// clients at the same address: go run ./scripts/serve
//
// HOST and PORT say where. SCENARIO names a document that is run first, STATE a folder that keeps the world, and
// BOOTSTRAP says whose account ids count as access keys: loopback (the default), anywhere, never.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"kmsplayground/engine/wire"
)

func main() {
	dir := flag.String("dir", "site/dist", "folder of the built site")
	csp := flag.String("csp", "site/csp.txt", "file with the content security policy")
	flag.Parse()
	debug.SetGCPercent(400) // a small heap that every call adds to: collecting it seldom costs little memory
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	address := net.JoinHostPort(environment("HOST", "localhost"), environment("PORT", "8080"))
	if err := serve(ctx, *dir, *csp, address, world{
		scenario: os.Getenv("SCENARIO"), state: os.Getenv("STATE"), bootstrap: environment("BOOTSTRAP", "loopback"),
	}); err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func environment(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

// world says what the AWS clients find.
type world struct{ scenario, state, bootstrap string }

// bootstraps are the values of BOOTSTRAP.
var bootstraps = map[string]wire.Bootstrap{"loopback": wire.FromLoopback, "anywhere": wire.FromAnywhere, "never": wire.Never}

// open makes the host of the world.
func (o world) open() (*host, error) {
	var document []byte
	if o.scenario != "" {
		var err error
		if document, err = os.ReadFile(o.scenario); err != nil {
			return nil, err
		}
	}
	h, told, err := newHost(string(document), o.state, time.Now)
	if told != "" {
		fmt.Printf("%s: %s\n", o.state, told)
	}
	return h, err
}

// both answers AWS clients, pages that attach to their world, and everybody else with the site.
func both(site http.Handler, h *host, o wire.Options) http.Handler {
	o.Sign = new(signingKeys).sign
	endpoint, attach := wire.New(h, o), h.attach()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case wire.IsRequest(r):
			endpoint.ServeHTTP(w, r)
		case strings.HasPrefix(r.URL.Path, "/attach/"):
			attach.ServeHTTP(w, r)
		default:
			if wire.IsLocal(r) {
				w.Header().Set("Server-Timing", "attach") // what a page can read of its own answer
			}
			site.ServeHTTP(w, r)
		}
	})
}

// serve answers until ctx ends, then finishes what is under way.
func serve(ctx context.Context, dir, cspFile, address string, o world) error {
	site, err := open(dir, cspFile)
	if err != nil {
		return err
	}
	bootstrap, known := bootstraps[o.bootstrap]
	if !known {
		return fmt.Errorf("BOOTSTRAP is loopback, anywhere or never, and not %s", o.bootstrap)
	}
	h, err := o.open()
	if err != nil {
		return err
	}
	defer h.close()
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is in use; choose another port: PORT=8081 make run", address)
	}
	if err != nil {
		return err
	}
	fmt.Printf("KMS Playground: http://%s/\n", shown(address, listener.Addr()))
	fmt.Printf("AWS clients: --endpoint-url http://%s\n", shown(address, listener.Addr()))
	server := &http.Server{Handler: both(site, h, wire.Options{Bootstrap: bootstrap}), ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	return server.Shutdown(ending)
}

// shown is the address as a person can open it: the host that was asked for, with the port that was given.
func shown(asked string, given net.Addr) string {
	host, _, err := net.SplitHostPort(asked)
	tcp, ok := given.(*net.TCPAddr)
	if err != nil || !ok {
		return given.String()
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, fmt.Sprint(tcp.Port))
}
