package wire

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/keypair"
)

// client makes requests of one world, signed at its time.
type client struct {
	t       *testing.T
	world   *engine.World
	handler http.Handler
	id      string
	secret  string
	token   string
}

const region = "eu-west-1"

// root is a client that acts as the root user of an account.
func root(t *testing.T) *client {
	t.Helper()
	w := engine.New(engine.Options{Algorithms: keypair.All{}})
	return &client{t: t, world: w, handler: New(alone{w}, Options{}), id: "111122223333", secret: "any"}
}

// request makes a signed request; change may spoil it before it is signed.
func (c *client) request(service, contentType, target, body string, change func(*http.Request)) *http.Request {
	r := httptest.NewRequest("POST", "http://localhost/", strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:50000"
	r.Header.Set("Content-Type", contentType)
	if target != "" {
		r.Header.Set("X-Amz-Target", target)
	}
	if c.token != "" {
		r.Header.Set("X-Amz-Security-Token", c.token)
	}
	if change != nil {
		change(r)
	}
	if r.Header.Get("X-Amz-Date") == "" {
		r.Header.Set("X-Amz-Date", c.world.Now().UTC().Format(basic))
	}
	c.sign(r, service, []byte(body))
	return r
}

// sign puts a signature into the Authorization header. Vectors of others hold the signer itself; see TestVectors.
func (c *client) sign(r *http.Request, service string, body []byte) {
	s := &signature{at: r.Header.Get("X-Amz-Date"), region: region, service: service, terminator: "aws4_request", headers: []string{"content-type", "host", "x-amz-date"}}
	s.date, _, _ = strings.Cut(s.at, "T")
	if c.token != "" {
		s.headers = append(s.headers, "x-amz-security-token")
	}
	s.value = hex.EncodeToString(Sign(c.secret, s.scope(), s.stringToSign(r, body)))
	r.Header.Set("Authorization", fmt.Sprintf("%s Credential=%s/%s/%s/%s/%s, SignedHeaders=%s, Signature=%s",
		algorithm, c.id, s.date, s.region, s.service, s.terminator, strings.Join(s.headers, ";"), s.value))
}

func (c *client) send(r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	return w.Result()
}

func read(t *testing.T, r *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// kms makes a call that must succeed.
func (c *client) kms(operation, input string) gjson.Result {
	c.t.Helper()
	r := c.send(c.request("kms", "application/x-amz-json-1.1", "TrentService."+operation, input, nil))
	body := read(c.t, r)
	if r.StatusCode != 200 {
		c.t.Fatalf("%s: %d %s", operation, r.StatusCode, body)
	}
	return gjson.Parse(body)
}

// query makes a Query call and returns status and body, request ids left out.
func (c *client) query(service, form string) (int, string) {
	c.t.Helper()
	r := c.send(c.request(service, "application/x-www-form-urlencoded; charset=utf-8", "", form, nil))
	id := r.Header.Get("x-amzn-RequestId")
	return r.StatusCode, strings.ReplaceAll(read(c.t, r), id, "ID")
}

// TestJSON holds requests of AWS JSON 1.1 and what they are answered.
func TestJSON(t *testing.T) {
	const json11 = "application/x-amz-json-1.1"
	deep := strings.Repeat("[", 10000)
	for _, row := range []struct {
		name, contentType, target, body string
		change                          func(*http.Request)
		status                          int
		want                            string
	}{
		{name: "success", target: "TrentService.ListKeys", body: "{}", status: 200, want: `{"Keys":[],"Truncated":false}`},
		{name: "no body", target: "TrentService.ListKeys", status: 200, want: `{"Keys":[],"Truncated":false}`},
		{name: "exception", target: "TrentService.DescribeKey", body: `{"KeyId":"alias/none"}`, status: 400,
			want: `{"__type":"NotFoundException","message":"Alias arn:aws:kms:eu-west-1:111122223333:alias/none is not found."}`},
		{name: "validation", target: "TrentService.DescribeKey", body: `{}`, status: 400,
			want: `{"__type":"ValidationException","message":"1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null"}`},
		{name: "organizations", target: "AWSOrganizationsV20161128.DescribeOrganization", body: `{}`, status: 400,
			want: `{"__type":"AWSOrganizationsNotInUseException","Message":"Your account is not a member of an organization."}`},
		{name: "unknown service", target: "DynamoDB_20120810.GetItem", body: `{}`, status: 400,
			want: `{"__type":"UnknownOperationException","message":"There is no service behind X-Amz-Target DynamoDB_20120810.GetItem here; there are TrentService, AWSOrganizationsV20161128, com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101, and IAM and STS in the Query protocol."}`},
		{name: "no target", body: `{}`, status: 400,
			want: `{"__type":"UnknownOperationException","message":"There is no service behind X-Amz-Target  here; there are TrentService, AWSOrganizationsV20161128, com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101, and IAM and STS in the Query protocol."}`},
		{name: "broken JSON", target: "TrentService.ListKeys", body: `{"Limit":`, status: 400, want: `{"__type":"SerializationException"}`},
		{name: "no object", target: "TrentService.ListKeys", body: `[1]`, status: 400, want: `{"__type":"SerializationException"}`},
		{name: "too deep", target: "TrentService.ListKeys", body: deep, status: 400, want: `{"__type":"SerializationException"}`},
		{name: "no UTF-8", target: "TrentService.ListKeys", body: "{\"Marker\":\"\xff\"}", status: 400, want: `{"__type":"SerializationException"}`},
		{name: "wrong type", target: "TrentService.ListKeys", body: `{"Limit":"a"}`, status: 400,
			want: `{"__type":"SerializationException","message":"STRING_VALUE can not be converted to an Integer"}`},
		{name: "too long", target: "TrentService.ListKeys", body: strings.Repeat(" ", 1<<20+1), status: 413,
			want: `{"__type":"RequestEntityTooLargeException","message":"Request Too Long"}`},
		{name: "compressed", target: "TrentService.ListKeys", body: "{}", change: func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") }, status: 415,
			want: `{"__type":"UnsupportedMediaTypeException","message":"Bodies in the encoding gzip are not read."}`},
		{name: "content type", contentType: "text/plain", target: "TrentService.ListKeys", body: "{}", status: 404, want: "<UnknownOperationException/>\n"},
		{name: "GET", change: func(r *http.Request) { r.Method = "GET" }, target: "TrentService.ListKeys", status: 404, want: "<UnknownOperationException/>\n"},
		{name: "another path", change: func(r *http.Request) { r.URL.Path = "/keys" }, target: "TrentService.ListKeys", status: 404, want: "<UnknownOperationException/>\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := root(t)
			service := "kms"
			if strings.HasPrefix(row.target, "AWSOrg") {
				service = "organizations"
			}
			if row.contentType == "" {
				row.contentType = json11
			}
			r := c.send(c.request(service, row.contentType, row.target, row.body, row.change))
			if body := read(t, r); r.StatusCode != row.status || body != row.want {
				t.Errorf("got  %d %s\nwant %d %s", r.StatusCode, body, row.status, row.want)
			}
			if len(r.Header.Get("x-amzn-RequestId")) != 36 {
				t.Errorf("request id %q", r.Header.Get("x-amzn-RequestId"))
			}
			if code := gjson.Get(row.want, "__type").Str; r.Header.Get("x-amzn-ErrorType") != code {
				t.Errorf("error type %q, want %q", r.Header.Get("x-amzn-ErrorType"), code)
			}
			if r.Header.Get("Access-Control-Allow-Origin") != "" {
				t.Error("pages of other origins may read the answer")
			}
		})
	}
}

// TestUnknownOperation holds that AWS's name for it comes with what exists.
func TestUnknownOperation(t *testing.T) {
	c := root(t)
	r := c.send(c.request("kms", "application/x-amz-json-1.1", "TrentService.Nope", "{}", nil))
	body := read(t, r)
	if r.StatusCode != 400 || gjson.Get(body, "__type").Str != "UnknownOperationException" ||
		!strings.HasPrefix(gjson.Get(body, "message").Str, "There is no operation Nope here; there are CancelKeyDeletion, ") {
		t.Errorf("got %d %s", r.StatusCode, body)
	}
	status, body := c.query("iam", "Action=Nope&Version=2010-05-08")
	if status != 400 || !strings.Contains(body, "<Code>InvalidAction</Code>\n    <Message>Could not find operation Nope for version 2010-05-08; there are AddUserToGroup, ") {
		t.Errorf("got %d %s", status, body)
	}
}

// TestEmptyAnswer holds that operations without output answer nothing at all.
func TestEmptyAnswer(t *testing.T) {
	c := root(t)
	key := c.kms("CreateKey", "{}").Get("KeyMetadata.KeyId").Str
	r := c.send(c.request("kms", "application/x-amz-json-1.1", "TrentService.DisableKey", `{"KeyId":"`+key+`"}`, nil))
	if body := read(t, r); r.StatusCode != 200 || body != "" || r.Header.Get("Content-Length") != "0" {
		t.Errorf("got %d %q, length %s", r.StatusCode, body, r.Header.Get("Content-Length"))
	}
	if state := c.kms("DescribeKey", `{"KeyId":"`+key+`"}`).Get("KeyMetadata.KeyState").Str; state != "Disabled" {
		t.Errorf("the key is %s", state)
	}
}

// TestRegion holds that the credential scope says which Region is meant.
func TestRegion(t *testing.T) {
	c := root(t)
	if arn := c.kms("CreateKey", "{}").Get("KeyMetadata.Arn").Str; !strings.HasPrefix(arn, "arn:aws:kms:"+region+":111122223333:key/") {
		t.Error(arn)
	}
}

// TestCallerEnvironment holds that policies see the client's address and program.
func TestCallerEnvironment(t *testing.T) {
	c := root(t)
	r := c.request("kms", "application/x-amz-json-1.1", "TrentService.ListKeys", "{}", func(r *http.Request) { r.Header.Set("User-Agent", "probe/1") })
	c.send(r)
	event := c.world.Trail()[len(c.world.Trail())-1]
	for path, want := range map[string]string{"sourceIPAddress": "127.0.0.1", "userAgent": "probe/1", "userIdentity.type": "Root"} {
		if got := gjson.GetBytes(event.JSON(), path).Str; got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

// TestKeepTrail holds that a host can bound what a world remembers.
func TestKeepTrail(t *testing.T) {
	c := root(t)
	for range 25 {
		c.kms("ListKeys", "{}")
		c.world.KeepTrail(10)
	}
	if n := len(c.world.Trail()); n < 10 || n >= 20 {
		t.Errorf("%d events are kept", n)
	}
}

// jsonError is "Code: message" of an error answer.
func jsonError(body string) string {
	message := gjson.Get(body, "message")
	if !message.Exists() {
		message = gjson.Get(body, "Message")
	}
	return gjson.Get(body, "__type").Str + ": " + message.Str
}
