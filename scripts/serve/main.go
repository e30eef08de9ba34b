// Command serve hands out the built site on this machine, with the headers that it wants from any host:
// go run ./scripts/serve
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
	"syscall"
	"time"
)

func main() {
	dir := flag.String("dir", "site/dist", "folder of the built site")
	csp := flag.String("csp", "site/csp.txt", "file with the content security policy")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	address := net.JoinHostPort(environment("HOST", "localhost"), environment("PORT", "8080"))
	if err := serve(ctx, *dir, *csp, address); err != nil {
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

// serve answers until ctx ends, then finishes what is under way.
func serve(ctx context.Context, dir, cspFile, address string) error {
	handler, err := open(dir, cspFile)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is in use; choose another port: PORT=8081 make run", address)
	}
	if err != nil {
		return err
	}
	fmt.Printf("KMS Playground: http://%s/\n", shown(address, listener.Addr()))
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
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
