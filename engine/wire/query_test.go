package wire

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestQuery sends the requests of testdata/query one after the other to one world, and compares what is answered. A file
// has the name of its service, an action and a case, and is "form --- status body".
func TestQuery(t *testing.T) {
	c := root(t)
	files, err := filepath.Glob("testdata/query/*.txt")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d requests, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			form, _, _ := strings.Cut(string(text), "\n---\n")
			service := strings.Split(filepath.Base(file), "-")[1]
			version := map[string]string{"iam": "2010-05-08", "sts": "2011-06-15"}[service]
			status, body := c.query(service, strings.ReplaceAll(form, "\n", "&")+"&Version="+version)
			got := form + "\n---\n" + itoa(status) + "\n" + masked(body)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(text); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}

// masked leaves out what chance decides.
func masked(body string) string {
	return regexp.MustCompile(`<(SecretAccessKey|SessionToken)>[^<]+<`).ReplaceAllString(body, "<$1>drawn<")
}

// TestQueryRefusals holds the answers to requests that never become calls.
func TestQueryRefusals(t *testing.T) {
	for _, row := range []struct{ name, form, want string }{
		{"no action", "Version=2010-05-08", "400 MissingAction: The request must contain the parameter Action."},
		{"no version", "Action=GetUser", "400 InvalidAction: Could not find operation GetUser for version NO_VERSION_SPECIFIED"},
		{"another version", "Action=GetUser&Version=2008-01-01", "400 InvalidAction: Could not find operation GetUser for version 2008-01-01"},
		{"broken escape", "Action=GetUser&Version=2010-05-08&UserName=%zz", "400 MalformedQueryString: The query string contains a syntax error."},
		{"no number", "Action=ListUsers&Version=2010-05-08&MaxItems=many", "400 MalformedInput: "},
		{"no truth value", "Action=CreatePolicyVersion&Version=2010-05-08&SetAsDefault=maybe", "400 MalformedInput: "},
		{"too big a number", "Action=ListUsers&Version=2010-05-08&MaxItems=2000",
			"400 ValidationError: 1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000"},
	} {
		t.Run(row.name, func(t *testing.T) {
			status, body := root(t).query("iam", row.form)
			if got := itoa(status) + " " + queryError(body); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

// queryError is "Code: Message" of an error answer.
func queryError(body string) string {
	part := func(name string) string {
		_, rest, _ := strings.Cut(body, "<"+name+">")
		text, _, _ := strings.Cut(rest, "</"+name+">")
		return text
	}
	return part("Code") + ": " + part("Message")
}

// TestGet holds that the Query protocol may come as GET, as presigned requests do.
func TestGet(t *testing.T) {
	c := root(t)
	r := c.request("sts", "text/plain", "", "", nil)
	r.Method, r.URL.RawQuery = "GET", "Action=GetCallerIdentity&Version=2011-06-15"
	c.sign(r, "sts", nil)
	res := c.send(r)
	if body := read(t, res); res.StatusCode != 200 || !strings.Contains(body, "<Arn>arn:aws:iam::111122223333:root</Arn>") {
		t.Errorf("got %d %s", res.StatusCode, body)
	}
}
