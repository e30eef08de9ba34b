package shell

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"kmsplayground/engine"
)

// echoAWS answers with what was asked, so that tests see the calls.
func echoAWS(c engine.Call) engine.Answer {
	if strings.Contains(string(c.Input), "denied") {
		return engine.Answer{Error: &engine.Error{Code: "AccessDeniedException", Message: "no", Status: 400}}
	}
	switch c.Operation {
	case "CreateKey":
		return engine.Answer{Output: json.RawMessage(`{"KeyMetadata":{"KeyId":"1234","CreationDate":1767258000}}`)}
	case "GetCallerIdentity":
		out, _ := json.Marshal(map[string]string{"Arn": c.As + c.Credentials.AccessKeyId, "Account": c.Region})
		return engine.Answer{Output: out}
	}
	return engine.Answer{Output: json.RawMessage(`{}`)}
}

func check(t *testing.T, s *Shell, script, want string) Result {
	t.Helper()
	r := s.Run(context.Background(), script, "alice", engine.Environment{}, "eu-west-1")
	got := r.Stdout + r.Stderr
	if r.ExitCode != 0 {
		got += fmt.Sprintf("[%d %s %d:%d]", r.ExitCode, r.Code, r.Line, r.Column)
	}
	if got != want {
		t.Errorf("%s\n got %q\nwant %q", script, got, want)
	}
	return r
}

func TestScripts(t *testing.T) {
	for _, row := range []struct{ script, want string }{
		{"echo a b", "a b\n"},
		{"x=1; y=$x$x; echo $y", "11\n"},
		{"aws sts get-caller-identity --query Arn --output text", "alice\n"},
		{"aws sts get-caller-identity --query Account --output text --region x", "x\n"},
		{"aws sts get-caller-identity --query Account --output text", "eu-west-1\n"},
		{"export AWS_REGION=r; aws sts get-caller-identity --query Account --output text", "r\n"},
		{"export AWS_ACCESS_KEY_ID=AKIA AWS_SECRET_ACCESS_KEY=s; aws sts get-caller-identity --query Arn --output text", "AKIA\n"},
		{"AWS_DEFAULT_OUTPUT=text aws sts get-caller-identity --query Arn", "alice\n"},
		{"aws kms create-key", "{\n    \"KeyMetadata\": {\n        \"KeyId\": \"1234\",\n        \"CreationDate\": \"2026-01-01T09:00:00+00:00\"\n    }\n}\n"},
		{"key=$(aws kms create-key --query KeyMetadata.KeyId --output text)\necho \"<$key>\"", "<1234>\n"},
		{"for i in 1 2 3; do echo $i; done | tr 1 x | cat", "x\n2\n3\n"},
		{"printf hello | base64", "aGVsbG8=\n"},
		{"printf hello | base64 -w0 | base64 -d", "hello"},
		{"cat <<EOF >f.txt\na $((1+2))\nEOF\ncat f.txt; cat < f.txt; echo *.txt", "a 3\na 3\nf.txt\n"},
		{"cat <<'EOF' | tr a-z A-Z\nx $y\nEOF", "X $Y\n"},
		{"f() { echo \"f $1\"; }; f 1; f 2", "f 1\nf 2\n"},
		{"f() { if [ $1 -gt 0 ]; then f $(($1 - 1)); echo $1; fi; }; f 3", "1\n2\n3\n"},
		{"if aws kms describe-key --key-id denied 2>/dev/null; then echo yes; else echo no; fi", "no\n"},
		{"aws kms describe-key --key-id denied 2>err.txt || cat err.txt", "\nAn error occurred (AccessDeniedException) when calling the DescribeKey operation: no\n"},
		{"echo a\naws kms describe-key --key-id denied\necho b", "a\n\nAn error occurred (AccessDeniedException) when calling the DescribeKey operation: no\n[254 AccessDeniedException 2:1]"},
		{"x=$(aws kms describe-key --key-id denied)", "\nAn error occurred (AccessDeniedException) when calling the DescribeKey operation: no\n[254 AccessDeniedException 1:5]"},
		{"aws kms describe-key --key-id denied || false", "\nAn error occurred (AccessDeniedException) when calling the DescribeKey operation: no\n[1  1:41]"},
		{"false", "[1  1:1]"},
		{"exit 3", "[3  1:1]"},
		{"jq . x", "jq: command not found; the console has aws, base64, cat, echo, openssl, printf, sleep, tr and the shell's own commands (--query does what jq is used for)\n[127  1:1]"},
		{"cat nothing", "cat: nothing: No such file or directory\n[1  1:1]"},
		{"cat /etc/passwd", "cat: /etc/passwd: No such file or directory\n[1  1:1]"},
		{"cat < /etc/passwd", "open etc/passwd: file does not exist\n[1  0:0]"},
		{"echo x > /etc/passwd; cat /etc/passwd", "x\n"},
		{"echo ~ $HOME $UID", "/ / 1000\n"},
		{"echo x | while read v; do echo \"<$v>\"; done", "<x>\n"},
		{"while true; do x=1; done", "1:1: stopped after 10,000 commands\n"},
		{"echo &", "1:1: commands in the background (&) are not available: they would not replay in the same order\n[2  1:1]"},
		{"echo $RANDOM", "1:6: $RANDOM is not available: a scenario replays to the same result\n[2  1:6]"},
		{"echo $((RANDOM))", "1:9: RANDOM is not available: a scenario replays to the same result\n[2  1:9]"},
		{"echo {1..3}", "1 2 3\n"},
		{"echo {1..300}{1..300}", "1:6: the braces make more than 10000 words\n[2  1:6]"},
		{"eval echo", "1:1: eval is not available in the console\n[1  1:1]"},
		{"echo 'a", "1:6: reached EOF without closing quote `'`\n[2  1:6]"},
		{"sleep 5m; sleep 1.5; sleep 1h 1s", ""},
		{"sleep 5mm", "sleep: invalid time interval '5mm'\n[1  1:1]"},
	} {
		s := New(Options{Call: echoAWS})
		if strings.HasPrefix(row.script, "while true") {
			r := s.Run(context.Background(), row.script, "alice", engine.Environment{}, "")
			if !strings.Contains(r.Stderr, "stopped after 10,000 commands") || r.ExitCode != 1 {
				t.Errorf("%s: %q %d", row.script, r.Stderr, r.ExitCode)
			}
			continue
		}
		check(t, s, row.script, row.want)
	}
}

func TestRunsShareStateAndClonesDoNot(t *testing.T) {
	s := New(Options{Call: echoAWS, Files: map[string]string{"p.json": "{}"}})
	check(t, s, "x=1; echo old >f; g() { echo g $x; }", "")
	c := s.Clone(echoAWS, func(time.Duration) {}, nil)
	check(t, c, "x=2; echo new >f; cat f; g", "new\ng 2\n")
	check(t, s, "cat f p.json; g; x=3", "old\n{}g 1\n")
	check(t, c, "g; cat f", "g 2\nnew\n")
	check(t, s.Clone(echoAWS, nil, nil), "g", "g 3\n")
}

// half makes a variable of half the bytes that one may hold.
const half = "x=aaaaaaaa; while [ ${#x} -lt 500000 ]; do x=$x$x; done; "

func TestBounds(t *testing.T) {
	for _, row := range []struct{ script, want string }{
		{"while true; do x=1; done", "stopped after 10,000 commands"},
		{"for ((;;)); do ((++x)); done", "stopped after 10,000 commands"},
		{"until [[ 1 = 2 ]]; do x=$x; done", "stopped after 10,000 commands"},
		{"f() { f; }; f", "deeper than 200"},
		{"x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done", "the variable x holds more than 1048576 bytes"},
		{"x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; while true; do echo $x$x$x$x$x$x; done", "bytes of output"},
		{half + "a=(); while true; do a+=($x); done", "the variable a holds more than 1048576 bytes"},
		{half + "declare -A m; i=0; while true; do ((++i)); m[$i]=$x; done", "the variable m holds more than 1048576 bytes"},
		{half + "i=0; while true; do ((++i)); declare v$i=$x; done", "the variables hold more than 16777216 bytes"},
		{half + "i=0; while true; do ((++i)); echo $x > f$i; done", "the files hold more than 16777216 bytes"},
		{half + "while true; do echo $x >> f; done", "bytes of output"},
		{strings.Repeat("$(", 5000), "nested deeper than 200"},
		{strings.Repeat("if ", 5000), "nested deeper than 200"},
		{strings.Repeat("! ", 5000), "nested deeper than 200"},
	} {
		r := New(Options{Call: echoAWS}).Run(context.Background(), row.script, "alice", engine.Environment{}, "")
		if r.ExitCode == 0 || !strings.Contains(r.Stderr, row.want) {
			t.Errorf("%.60s: exit %d, %.300q, want %q", row.script, r.ExitCode, r.Stderr, row.want)
		}
	}
}

func TestTooLargeIsMendedByUnset(t *testing.T) {
	s := New(Options{Call: echoAWS})
	s.Run(context.Background(), half+"while true; do a+=($x); done", "alice", engine.Environment{}, "")
	check(t, s, "echo 1", "1:1: stopped: the variable a holds more than 1048576 bytes\n[1  1:1]")
	check(t, s, "unset a; echo 1", "1\n")
}

func TestSleepMovesTheClock(t *testing.T) {
	var total time.Duration
	s := New(Options{Sleep: func(d time.Duration) { total += d }})
	check(t, s, "sleep 90; sleep 5m; sleep 1h 1.5s; sleep 1d", "")
	if want := 90*time.Second + 5*time.Minute + time.Hour + 1500*time.Millisecond + 24*time.Hour; total != want {
		t.Errorf("slept %v, want %v", total, want)
	}
}
