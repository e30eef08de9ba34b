package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"
)

// TestMain lets the test binary be the server, so that a test can kill it.
func TestMain(m *testing.M) {
	if os.Getenv("BE_THE_SERVER") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// server is a server of its own process.
type server struct {
	cmd     *exec.Cmd
	address string
	told    string // what it printed before its address
}

// start starts a server over a state folder.
func start(t *testing.T, state string) *server {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"index.html": "<p>", "csp.txt": "default-src 'self'"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-dir", dir, "-csp", filepath.Join(dir, "csp.txt"))
	cmd.Env = append(os.Environ(), "BE_THE_SERVER=1", "PORT=0", "HOST=127.0.0.1", "STATE="+state, "SCENARIO=", "BOOTSTRAP=")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	s := &server{cmd: cmd}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, address, ok := strings.Cut(lines.Text(), "--endpoint-url "); ok {
			s.address = address
			go io.Copy(io.Discard, out)
			return s
		}
		s.told += lines.Text() + "\n"
	}
	t.Fatal("the server did not start: " + s.told)
	return nil
}

// call asks as the root user of an account, whose signature may be anything. No answer is an error.
func (s *server) call(operation, input string) (status int, answer gjson.Result, err error) {
	r, err := http.NewRequest("POST", s.address+"/", bytes.NewReader([]byte(input)))
	if err != nil {
		return 0, answer, err
	}
	stamp := time.Now().UTC().Format("20060102T150405Z")
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Target", "TrentService."+operation)
	r.Header.Set("X-Amz-Date", stamp)
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+account+"/"+stamp[:8]+"/eu-west-1/kms/aws4_request, SignedHeaders=host, Signature=00")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, answer, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, gjson.ParseBytes(body), err
}

// kept is a change that was answered: the call that shows it, and what that answers.
type kept struct{ operation, input, path, want string }

// write changes things until the server is gone, and returns what was answered.
func (s *server) write(name string) (all []kept) {
	for i := 0; ; i++ {
		text := fmt.Sprintf("%s-%d", name, i)
		status, answer, err := s.call("CreateKey", `{"Description":"`+text+`"}`)
		if err != nil || status != 200 {
			return all
		}
		key := answer.Get("KeyMetadata.KeyId").Str
		named := `{"KeyId":"` + key + `"}`
		all = append(all, kept{"DescribeKey", named, "KeyMetadata.Description", text})
		if status, answer, err = s.call("Encrypt", `{"KeyId":"`+key+`","Plaintext":"aGVsbG8="}`); err != nil || status != 200 {
			return all
		}
		all = append(all, kept{"Decrypt", `{"CiphertextBlob":"` + answer.Get("CiphertextBlob").Str + `"}`, "Plaintext", "aGVsbG8="})
		if status, _, err = s.call("CreateAlias", `{"AliasName":"alias/`+text+`","TargetKeyId":"`+key+`"}`); err != nil || status != 200 {
			return all
		}
		all = append(all, kept{"DescribeKey", `{"KeyId":"alias/` + text + `"}`, "KeyMetadata.KeyId", key})
		if status, _, err = s.call("TagResource", `{"KeyId":"`+key+`","Tags":[{"TagKey":"a","TagValue":"`+text+`"}]}`); err != nil || status != 200 {
			return all
		}
		all = append(all, kept{"ListResourceTags", named, "Tags.0.TagValue", text})
		if status, answer, err = s.call("CreateGrant", `{"KeyId":"`+key+`","GranteePrincipal":"arn:aws:iam::`+account+`:root","Operations":["Decrypt"]}`); err != nil || status != 200 {
			return all
		}
		all = append(all, kept{"ListGrants", named, "Grants.0.GrantId", answer.Get("GrantId").Str})
	}
}

// TestKilled kills a server, 5 times or as often as CRASHES says, while 8 clients change things, and holds that the next
// one knows all that was answered.
func TestKilled(t *testing.T) {
	crashes := 5
	if n, err := strconv.Atoi(os.Getenv("CRASHES")); err == nil {
		crashes = n
	}
	state, total := t.TempDir(), 0
	s := start(t, state)
	for round := range crashes {
		var mu sync.Mutex
		var all []kept
		var writers sync.WaitGroup
		for w := range 8 {
			writers.Go(func() {
				answered := s.write(fmt.Sprintf("%d-%d", round, w))
				mu.Lock()
				defer mu.Unlock()
				all = append(all, answered...)
			})
		}
		time.Sleep(time.Duration(50+rand.IntN(250)) * time.Millisecond)
		if err := s.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		writers.Wait()
		s.cmd.Wait()
		s = start(t, state)
		for _, k := range all {
			if _, answer, err := s.call(k.operation, k.input); err != nil || answer.Get(k.path).Str != k.want {
				t.Errorf("round %d: %s %s: got %v %s, want %s %s", round, k.operation, k.input, err, answer.Raw, k.path, k.want)
			}
		}
		if total += len(all); len(all) == 0 {
			t.Errorf("round %d: nothing was answered before the server was killed", round)
		}
	}
	t.Logf("%d crashes, %d answered changes, all there", crashes, total)
}
