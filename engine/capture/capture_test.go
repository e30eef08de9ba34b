package capture

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/keypair"
	"kmsplayground/engine/scenario"
)

var update = flag.Bool("update", false, "write the golden files anew")

var options = engine.Options{Algorithms: keypair.All{}}

// TestCaptures holds what becomes of inputs, and that the document which is made replays as it was written down. The
// files of a folder but scenario.md are one import.
func TestCaptures(t *testing.T) {
	for _, folder := range folders(t) {
		c := Read(inputsOf(t, folder), options, nil)
		golden, got := filepath.Join(folder, "scenario.md"), told(c)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, _ := os.ReadFile(golden); got != string(want) {
			t.Errorf("%s: %s", folder, got)
		}
		replayed(t, folder, c.Document)
	}
}

func folders(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/*/scenario.md")
	if *update {
		names, err = filepath.Glob("testdata/*/*")
	}
	all := []string{}
	for _, name := range names {
		if folder := filepath.Dir(name); filepath.Base(folder) != "fuzz" && !slices.Contains(all, folder) {
			all = append(all, folder)
		}
	}
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	return all
}

// inputsOf are the files of a folder by their names in it.
func inputsOf(t testing.TB, folder string) (inputs []Input) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "scenario.md" {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		inputs = append(inputs, Input{filepath.ToSlash(name), string(text)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

// told is a capture as its golden file shows it: the document, and in a comment what was said about the inputs and what
// the request was answered.
func told(c Capture) string {
	var b strings.Builder
	b.WriteString(c.Document + "\n<!--\n")
	for _, p := range c.Parts {
		fmt.Fprintf(&b, "%d, line %d: %s: %s\n", p.Input+1, p.Line, p.Kind, p.About)
	}
	for _, p := range c.Problems {
		fmt.Fprintf(&b, "%d, %d:%d: %s\n", p.Input+1, p.Line, p.Column, p.Message)
	}
	if calls := scenario.OpenWith(c.Document, options).Calls(); c.Sends {
		if err := calls[len(calls)-1].Answer.Error; err != nil {
			fmt.Fprintf(&b, "%s: %s\n", err.Code, err.Message)
		} else {
			b.WriteString("allowed\n")
		}
	}
	return b.String() + "-->\n"
}

func replayed(t *testing.T, name, document string) {
	t.Helper()
	s := scenario.OpenWith(document, options)
	for _, d := range s.Diagnostics() {
		t.Errorf("%s: %d:%d: %s", name, d.Line, d.Column, d.Message)
	}
	for i, step := range s.Steps() {
		if !step.Holds {
			t.Errorf("%s: step %d: %s\n%s", name, i, step.Problem, step.Script)
		}
	}
}

// TestProblems holds that what is not understood is told with its place, and that the rest is read. In problems.txt a
// line ===== says how many parts are understood of the text below it, and ~~~~~ begins what is said of the rest.
func TestProblems(t *testing.T) {
	text, err := os.ReadFile("testdata/problems.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split("\n"+string(text), "\n===== ")[1:]
	if len(rows) < 40 {
		t.Errorf("only %d rows", len(rows))
	}
	rows = append(rows, "0\n\n~~~~~\n", "0\n"+strings.Repeat("[", 5000)+"\n~~~~~\n1:1: the JSON is nested too deep")
	for _, row := range rows {
		parts, row, _ := strings.Cut(row, "\n")
		input, want, _ := strings.Cut(row, "\n~~~~~\n")
		c := Read([]Input{{"input", input}}, options, nil)
		got := []string{}
		for _, p := range c.Problems {
			got = append(got, fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message))
		}
		if all := strings.Join(got, "\n"); all != strings.TrimSuffix(want, "\n") || strconv.Itoa(len(c.Parts)) != parts {
			t.Errorf("%.60q: %d parts, %q\nwant %s, %q", input, len(c.Parts), all, parts, want)
		}
	}
}

// TestMessages holds what is found in the errors of SDKs and tools: who called, what, on which key, through which service,
// and AWS's reason.
func TestMessages(t *testing.T) {
	const who, key = "arn:aws:sts::111122223333:assumed-role/app/s", "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	const said = "User: " + who + " is not authorized to perform: kms:Decrypt on resource: " + key + " because no identity-based policy allows the kms:Decrypt action"
	const plain = "1 Decrypt by app/s on ab: no identity-based policy allows"
	for _, row := range []struct{ name, text, want string }{
		{"AWS CLI", "\nAn error occurred (AccessDeniedException) when calling the Decrypt operation: " + said + "\n", "2" + plain[1:]},
		{"AWS CLI 2.31", "aws: [ERROR]: An error occurred (AccessDeniedException) when calling the Decrypt operation: " + said, plain},
		{"boto3", "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\nbotocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the Decrypt operation: " + said, "3" + plain[1:]},
		{"Java 1", "com.amazonaws.services.kms.model.AWSKMSException: " + said + " (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 1; Proxy: null)", plain},
		{"Java 2", "Exception in thread \"main\" software.amazon.awssdk.services.kms.model.KmsException: " + said + " (Service: Kms, Status Code: 400, Request ID: 1) (SDK Attempt Count: 1)\n\tat software.amazon.awssdk.Foo", plain},
		{"Go 2", "operation error KMS: Decrypt, https response error StatusCode: 400, RequestID: 1, api error AccessDeniedException: " + said, plain},
		{"JavaScript 3", "AccessDeniedException: " + said + "\n    at throwDefaultError (/app/node_modules/x.js:8:22) {\n  '$fault': 'client',\n  __type: 'AccessDeniedException'\n}", plain},
		{"Rust", "ServiceError(ServiceError { source: Unhandled(Unhandled { meta: ErrorMetadata { code: Some(\"AccessDeniedException\"), message: Some(\"" + said + "\") } }) })", plain},
		{".NET", "Amazon.KeyManagementService.AmazonKeyManagementServiceException: " + said + " ---> Amazon.Runtime.Internal.HttpErrorResponseException", plain},
		{"PHP", "Error executing \"Decrypt\" on \"https://kms.us-east-1.amazonaws.com\"; AWS HTTP error: Client error: {\"__type\":\"AccessDeniedException\",\"Message\":\"" + said + "\"}", plain},
		{"Terraform", "╷\n│ Error: reading KMS Key (x): operation error KMS: Decrypt, https response error StatusCode: 400, RequestID:\n│ 1, api error AccessDeniedException: User:\n│ " + who + " is not authorized to\n│ perform: kms:Decrypt on resource:\n│ " + key[:60] + "\n│ " + key[60:] + " because no identity-based\n│ policy allows the kms:Decrypt action\n│\n│   with data.aws_kms_key.x,\n╵", "3" + plain[1:]},
		{"S3", "An error occurred (AccessDenied) when calling the GetObject operation: " + said, "1 Decrypt by app/s on ab via s3: no identity-based policy allows"},
		{"S3 by Go", "operation error S3: GetObject, https response error StatusCode: 403, RequestID: 1, HostID: x, api error AccessDenied: " + said, "1 Decrypt by app/s on ab via s3: no identity-based policy allows"},
		{"S3 in XML", "<Error><Code>AccessDenied</Code><Message>" + said + "</Message><RequestId>1</RequestId></Error>", plain},
		{"SSM", "An error occurred (AccessDeniedException) when calling the GetParameter operation: " + said + " (Service: AWSKMS; Status Code: 400)", "1 Decrypt by app/s on ab via ssm: no identity-based policy allows"},
		{"Lambda", "Lambda was unable to decrypt the environment variables because KMS access was denied. Please check the function's KMS key settings. KMS Exception: AccessDeniedExceptionKMS Message: " + said + " (Service: Kms, Status Code: 400)", plain},
		{"CloudFormation", "Resource handler returned message: \"" + said + " (Service: Kms, Status Code: 400, Request ID: 1)\" (RequestToken: 1, HandlerErrorCode: AccessDenied)", plain},
		{"log in JSON", `{"level":"error","msg":"decrypting: ` + said + `"}`, plain},
		{"quoted", "> `" + said + ".`", plain},
		{"explicit deny", "User: " + who + " is not authorized to perform: kms:Decrypt on resource: " + key + " with an explicit deny in a service control policy", "1 Decrypt by app/s on ab: with an explicit deny in a service control policy"},
		{"old", "User: " + who + " is not authorized to perform: kms:Decrypt on resource: " + key, "1 Decrypt by app/s on ab: "},
		{"another account's key", "User: " + who + " is not authorized to perform: kms:Decrypt on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access", "1 Decrypt by app/s on : " + elsewhere},
		{"two in a log", "a " + said + "\nb User: arn:aws:iam::111122223333:user/u is not authorized to perform: kms:Encrypt on resource: " + key + "\n", plain + "\n2 Encrypt by user/u on ab: "},
	} {
		var m model
		got := []string{}
		for _, p := range split(row.text) {
			for _, d := range denials(p.text) {
				via := ""
				if service := calledBy[d.calling]; service != "" {
					via = " via " + service
				}
				got = append(got, fmt.Sprintf("%d %s by %s on %s%s: %s", p.line+d.line, strings.TrimPrefix(d.action, "kms:"), shortName(strings.Replace(d.who, "assumed-role/", "", 1)), d.resource[max(0, len(d.resource)-2):], via, d.because))
			}
			if _, problem := m.read(p); problem != "" {
				t.Errorf("%s: %d:%d: %s", row.name, p.line, p.column, problem)
			}
		}
		if all := strings.Join(got, "\n"); all != row.want {
			t.Errorf("%s: got\n%s\nwant\n%s", row.name, all, row.want)
		}
	}
}

// FuzzRead holds that whatever is pasted, a document comes out that opens and replays.
func FuzzRead(f *testing.F) {
	for _, folder := range folders(f) {
		for _, input := range inputsOf(f, folder) {
			f.Add(input.Text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if c := Read([]Input{{"input", text}}, options, nil); c.Document != "" {
			replayed(t, "fuzzed", c.Document)
		}
	})
}

// TestDamaged holds the same for inputs that were cut, garbled and mixed.
func TestDamaged(t *testing.T) {
	var texts []string
	for _, folder := range folders(t) {
		text := ""
		for _, input := range inputsOf(t, folder) {
			text += input.Text + "\n"
		}
		texts = append(texts, text)
	}
	r := rand.New(rand.NewPCG(1, 2))
	built := 0
	for n := range 400 {
		text := texts[r.IntN(len(texts))]
		for range 1 + r.IntN(4) {
			at, length := r.IntN(len(text)), 1+r.IntN(12)
			end := min(at+length, len(text))
			from := texts[r.IntN(len(texts))]
			piece := from[r.IntN(len(from)):]
			text = text[:at] + piece[:min(r.IntN(length+1), len(piece))] + text[end:]
		}
		c := Read([]Input{{"input", text}}, options, nil)
		if c.Document != "" {
			built++
			replayed(t, fmt.Sprintf("seed %d", n), c.Document)
		}
		if t.Failed() {
			t.Fatalf("input:\n%s\ndocument:\n%s", text, c.Document)
		}
	}
	if built < 100 {
		t.Errorf("only %d of 400 were built", built)
	}
}
