// Package clients holds the local endpoint against AWS's own clients: the AWS SDK for Go here, that for JavaScript under
// Node, and the AWS CLI where there is one.
package clients

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	account = "111122223333"
	region  = "eu-west-1"
)

// endpoint is the address of the server that all tests share; each test has accounts of its own.
var endpoint string

func TestMain(m *testing.M) {
	stop, err := startServer()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	stop()
	os.Exit(code)
}

// startServer builds the server and starts it with a site of one page and a state folder.
func startServer() (stop func(), err error) {
	dir, err := os.MkdirTemp("", "clients")
	if err != nil {
		return nil, err
	}
	for name, text := range map[string]string{"index.html": "<p>", "csp.txt": "default-src 'self'"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	binary := filepath.Join(dir, "serve")
	if out, err := exec.Command("go", "build", "-C", "../..", "-o", binary, "./scripts/serve").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	cmd := exec.Command(binary, "-dir", dir, "-csp", filepath.Join(dir, "csp.txt"))
	cmd.Env = append(os.Environ(), "HOST=127.0.0.1", "PORT=0", "STATE="+filepath.Join(dir, "state"), "SCENARIO=", "BOOTSTRAP=")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	stop = func() { cmd.Process.Kill(); cmd.Wait(); os.RemoveAll(dir) }
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, address, ok := strings.Cut(lines.Text(), "--endpoint-url "); ok {
			endpoint = address
			return stop, nil
		}
	}
	stop()
	return nil, fmt.Errorf("the server did not start")
}

// skip leaves out a client that this machine does not have, and says so even where tests are quiet.
func skip(t *testing.T, format string, args ...any) {
	t.Helper()
	text := fmt.Sprintf(format, args...)
	fmt.Printf("SKIPPED %s: %s\n", t.Name(), text)
	t.Skip(text)
}
