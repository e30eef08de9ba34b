package wire

import (
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
)

// TestBootstrap holds who may act as the root user of an account by naming it.
func TestBootstrap(t *testing.T) {
	from := func(address string) func(*http.Request) { return func(r *http.Request) { r.RemoteAddr = address } }
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for _, row := range []struct {
		name   string
		rule   Bootstrap
		change func(*http.Request)
		may    bool
	}{
		{"from this machine", FromLoopback, nil, true},
		{"over IPv6", FromLoopback, from("[::1]:40000"), true},
		{"as IPv4 in IPv6", FromLoopback, from("[::ffff:127.0.0.1]:40000"), true},
		{"from elsewhere", FromLoopback, from("192.0.2.7:40000"), false},
		{"without an address", FromLoopback, from(""), false},
		{"from elsewhere, when that may be", FromAnywhere, from("192.0.2.7:40000"), true},
		{"when nobody may", Never, nil, false},
		{"under a name that means this machine", FromLoopback, func(r *http.Request) { r.Host = "attacker.example:8080" }, false},
		{"under a name of this machine", FromLoopback, func(r *http.Request) { r.Host = "kms.localhost:8080" }, true},
		{"for a page of this origin", FromLoopback, header("Origin", "http://localhost"), true},
		{"for another page", FromLoopback, header("Origin", "https://attacker.example"), false},
		{"for another page, when it may be anybody", FromAnywhere, header("Sec-Fetch-Site", "cross-site"), false},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := root(t)
			c.handler = New(alone{c.world}, Options{Bootstrap: row.rule})
			res := c.send(c.request("kms", "application/x-amz-json-1.1", "TrentService.ListKeys", "{}", row.change))
			want := "400 UnrecognizedClientException: The security token included in the request is invalid."
			if row.may {
				want = "200"
			}
			if got := describe(res, read(t, res)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

// TestNewAccount holds that an account comes into being by being named, and that it has a world of its own.
func TestNewAccount(t *testing.T) {
	c := root(t)
	c.kms("CreateKey", "{}")
	c.id = "777788889999"
	if keys := c.kms("ListKeys", "{}").Get("Keys.#").Int(); keys != 0 {
		t.Errorf("a new account has %d keys", keys)
	}
	if arn := c.kms("CreateKey", "{}").Get("KeyMetadata.AWSAccountId").Str; arn != c.id {
		t.Errorf("the key belongs to %s", arn)
	}
	if all := strings.Join(c.world.IAM().Accounts(), " "); all != "111122223333 777788889999" {
		t.Error(all)
	}
}

// presign signs a query string as the root user of an account or with an access key.
func (c *client) presign(query string) *http.Request {
	r := c.request("sts", "", "", "", nil)
	r.Method, r.Header = "GET", http.Header{}
	s := &signature{date: c.world.Now().Format("20060102"), region: region, service: "sts", terminator: "aws4_request", at: c.world.Now().Format(basic), headers: []string{"host"}, presigned: true}
	r.URL.RawQuery = query + "&X-Amz-Algorithm=" + algorithm + "&X-Amz-Credential=" + encoded(c.id+"/"+s.date+"/"+region+"/sts/aws4_request") +
		"&X-Amz-Date=" + s.at + "&X-Amz-Expires=900&X-Amz-SignedHeaders=host"
	if c.token != "" {
		r.URL.RawQuery += "&X-Amz-Security-Token=" + encoded(c.token)
	}
	r.URL.RawQuery += "&X-Amz-Signature=" + hex.EncodeToString(Sign(c.secret, s.scope(), s.stringToSign(r, nil)))
	return r
}

// TestPresigned holds that a signature may stand in the query string, and never that of a named account.
func TestPresigned(t *testing.T) {
	const identity = "Action=GetCallerIdentity&Version=2011-06-15"
	check := func(c *client, r *http.Request, want string) {
		t.Helper()
		res := c.send(r)
		if got := describe(res, read(t, res)); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	c := member(t, true)
	check(c, c.presign(identity), "200")
	r := c.presign(identity)
	r.URL.RawQuery += "&more=1"
	check(c, r, "403 "+"SignatureDoesNotMatch: "+invalidSignature.message)
	r = c.presign(identity)
	c.world.Advance(14 * 60e9)
	check(c, r, "200")
	c.world.Advance(2 * 60e9)
	check(c, r, "403 SignatureDoesNotMatch: Signature expired: 20260101T090000Z is now earlier than 20260101T090100Z (20260101T091600Z - 15 min.)")
	c = root(t)
	check(c, c.presign(identity), "403 InvalidClientTokenId: The security token included in the request is invalid.")
	r = c.presign(identity)
	r.URL.RawQuery = identity + "&X-Amz-Algorithm=" + algorithm
	check(c, r, "400 IncompleteSignature: AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. "+
		"AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.")
}
