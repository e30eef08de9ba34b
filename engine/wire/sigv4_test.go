package wire

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestVectors holds the signer against AWS's published examples: the Signature Version 4 test suite and the request of
// the IAM user guide, with the access key AKIDEXAMPLE.
func TestVectors(t *testing.T) {
	const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
	const form = "application/x-www-form-urlencoded"
	for _, row := range []struct{ name, method, query, service, headers, body, contentType, want string }{
		{"get-vanilla", "GET", "", "service", "host;x-amz-date", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
		{"get-vanilla-query-order-key-case", "GET", "Param2=value2&Param1=value1", "service", "host;x-amz-date", "", "", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
		{"post-vanilla", "POST", "", "service", "host;x-amz-date", "", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
		{"post-x-www-form-urlencoded", "POST", "", "service", "content-type;host;x-amz-date", "Param1=value1", form, "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
	} {
		r := httptest.NewRequest(row.method, "http://example.amazonaws.com/?"+row.query, strings.NewReader(row.body))
		r.Header.Set("X-Amz-Date", "20150830T123600Z")
		if row.contentType != "" {
			r.Header.Set("Content-Type", row.contentType)
		}
		s := &signature{date: "20150830", region: "us-east-1", service: row.service, terminator: "aws4_request", at: "20150830T123600Z",
			headers: strings.Split(row.headers, ";"), value: row.want}
		if !s.covers(r, []byte(row.body), secret, Sign) {
			t.Errorf("%s: the signature of AWS does not match; the canonical request is\n%s", row.name, s.canonical(nil, r, []byte(row.body)))
		}
	}
}

func TestCanonicalQuery(t *testing.T) {
	for _, row := range []struct{ raw, want string }{
		{"", ""},
		{"b=2&a=1&a=0", "a=0&a=1&b=2"},
		{"a", "a="},
		{"x=a+b&y=%7E%2a", "x=a%20b&y=~%2A"},
		{"X-Amz-Signature=00&X-Amz-Date=1", "X-Amz-Date=1"},
		{"p=%zz", "p=%25zz"},
	} {
		if got := canonicalQuery(row.raw, true); got != row.want {
			t.Errorf("%s: got %s, want %s", row.raw, got, row.want)
		}
	}
}

func TestHeaderValues(t *testing.T) {
	r := httptest.NewRequest("POST", "http://localhost:8080/", strings.NewReader("12345"))
	r.Header["X-Many"] = []string{"  a   b ", "c"}
	for name, want := range map[string]string{"x-many": "a b,c", "host": "localhost:8080", "content-length": "5", "x-none": ""} {
		if got := headerValue(r, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// member is a client with an access key of a user that may do everything, and of a session of that user.
func member(t *testing.T, session bool) *client {
	t.Helper()
	c := root(t)
	for _, form := range []string{
		"Action=CreateUser&Version=2010-05-08&UserName=dev",
		"Action=AttachUserPolicy&Version=2010-05-08&UserName=dev&PolicyArn=arn:aws:iam::aws:policy/AdministratorAccess",
	} {
		if status, body := c.query("iam", form); status != 200 {
			t.Fatal(body)
		}
	}
	c.take("iam", "Action=CreateAccessKey&Version=2010-05-08&UserName=dev")
	if session {
		c.take("sts", "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900")
	}
	return c
}

// take makes the client use the credentials that a call answers.
func (c *client) take(service, form string) {
	c.t.Helper()
	status, body := c.query(service, form)
	if status != 200 {
		c.t.Fatal(body)
	}
	part := func(name string) string {
		_, rest, _ := strings.Cut(body, "<"+name+">")
		text, _, _ := strings.Cut(rest, "</"+name+">")
		return text
	}
	c.id, c.secret, c.token = part("AccessKeyId"), part("SecretAccessKey"), part("SessionToken")
}

// TestAuthentication holds what KMS and STS answer to each way in which a signature can be wrong.
func TestAuthentication(t *testing.T) {
	signed := func(change func(string) string) func(*client, *http.Request) {
		return func(_ *client, r *http.Request) { r.Header.Set("Authorization", change(r.Header.Get("Authorization"))) }
	}
	replace := func(old, with string) func(*client, *http.Request) {
		return signed(func(h string) string { return strings.Replace(h, old, with, 1) })
	}
	const mismatch = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
	for _, row := range []struct {
		name    string
		session bool
		before  func(*client)
		after   func(*client, *http.Request)
		json    string
		query   string
	}{
		{name: "a user's key"},
		{name: "a session's key", session: true},
		{name: "no Authorization", after: func(_ *client, r *http.Request) { r.Header.Del("Authorization") },
			json:  "400 MissingAuthenticationTokenException: Request is missing Authentication Token",
			query: "403 MissingAuthenticationToken: Request is missing Authentication Token"},
		{name: "unknown key", before: func(c *client) { c.id = "AKIAIOSFODNN7EXAMPLE" },
			json:  "400 UnrecognizedClientException: The security token included in the request is invalid.",
			query: "403 InvalidClientTokenId: The security token included in the request is invalid."},
		{name: "wrong secret", before: func(c *client) { c.secret = "wrong" },
			json: "400 InvalidSignatureException: " + mismatch, query: "403 SignatureDoesNotMatch: " + mismatch},
		{name: "another body", after: func(_ *client, r *http.Request) { r.Body = http.NoBody },
			json: "400 InvalidSignatureException: " + mismatch},
		{name: "missing token", session: true, before: func(c *client) { c.token = "" },
			json:  "400 UnrecognizedClientException: The security token included in the request is invalid.",
			query: "403 InvalidClientTokenId: The security token included in the request is invalid."},
		{name: "a token that is not its own", before: func(c *client) { c.token = "IQoJb3JpZ2luX2Vj" },
			json:  "400 UnrecognizedClientException: The security token included in the request is invalid.",
			query: "403 InvalidClientTokenId: The security token included in the request is invalid."},
		{name: "expired session", session: true, before: func(c *client) { c.world.Advance(time.Hour) },
			json:  "400 ExpiredTokenException: The security token included in the request is expired",
			query: "403 ExpiredToken: The security token included in the request is expired"},
		{name: "inactive key", before: func(c *client) {
			c.query("iam", "Action=UpdateAccessKey&Version=2010-05-08&Status=Inactive&AccessKeyId="+c.id)
		},
			json:  "400 UnrecognizedClientException: The security token included in the request is invalid.",
			query: "403 InvalidClientTokenId: The security token included in the request is invalid."},
		{name: "signed too long ago", after: func(c *client, _ *http.Request) { c.world.Advance(5*time.Minute + time.Second) },
			json:  "400 InvalidSignatureException: Signature expired: 20260101T090000Z is now earlier than 20260101T090001Z (20260101T090501Z - 5 min.)",
			query: "403 SignatureDoesNotMatch: Signature expired: 20260101T090000Z is now earlier than 20260101T090001Z (20260101T090501Z - 5 min.)"},
		{name: "signed just in time", after: func(c *client, _ *http.Request) { c.world.Advance(5 * time.Minute) }},
		{name: "wrong service", after: func(c *client, r *http.Request) { c.sign(r, "s3", nil) },
			json:  "400 InvalidSignatureException: Credential should be scoped to correct service: 'kms'. ",
			query: "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'. "},
		{name: "no Region", after: replace("/eu-west-1/", "/nowhere/"),
			json:  "400 InvalidSignatureException: Credential should be scoped to a valid region. ",
			query: "403 SignatureDoesNotMatch: Credential should be scoped to a valid region. "},
		{name: "terminator", after: replace("aws4_request", "aws5_request"),
			json: "400 InvalidSignatureException: Credential should be scoped with a valid terminator: 'aws4_request'. "},
		{name: "another day", after: replace("/20260101/", "/20260102/"),
			json: "400 InvalidSignatureException: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260102' != '20260101', from '20260101T090000Z'. "},
		{name: "host is not signed", after: replace(";host;", ";"),
			json: "400 InvalidSignatureException: 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization. "},
		{name: "no scope", after: replace("/kms/aws4_request", ""),
			json: "400 IncompleteSignatureException: Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKID/20260101/eu-west-1'"},
		{name: "another date", after: func(_ *client, r *http.Request) { r.Header.Set("X-Amz-Date", "yesterday") },
			json: "400 IncompleteSignatureException: Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601"},
		{name: "empty parameters", after: func(_ *client, r *http.Request) {
			r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=")
			r.Header.Del("X-Amz-Date")
		},
			json: "400 IncompleteSignatureException: Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256 Credential="},
		{name: "another kind", after: signed(func(string) string { return "Bearer abc" }),
			json: "400 IncompleteSignatureException: Unsupported authorization type: Bearer."},
		{name: "signature that is no number", after: replace("Signature=", "Signature=z"),
			json: "400 InvalidSignatureException: " + mismatch},
	} {
		t.Run(row.name, func(t *testing.T) {
			check := func(service, contentType, target, body, want string) {
				t.Helper()
				c := member(t, row.session)
				id := c.id
				if row.before != nil {
					row.before(c)
				}
				r := c.request(service, contentType, target, body, nil)
				if row.after != nil {
					row.after(c, r)
				}
				res := c.send(r)
				got := strings.ReplaceAll(describe(res, read(t, res)), id, "AKID")
				if want == "" {
					want = "200"
				}
				if got != want {
					t.Errorf("%s: got  %s\nwant %s", service, got, want)
				}
			}
			check("kms", "application/x-amz-json-1.1", "TrentService.ListKeys", "{}", row.json)
			if row.query != "" || row.json == "" {
				check("sts", "application/x-www-form-urlencoded", "", "Action=GetCallerIdentity&Version=2011-06-15", row.query)
			}
		})
	}
}

// describe is "status Code: message" of an answer of either protocol.
func describe(r *http.Response, body string) string {
	status := itoa(r.StatusCode)
	switch {
	case r.StatusCode == 200:
		return status
	case strings.HasPrefix(body, "{"):
		return status + " " + jsonError(body)
	}
	return status + " " + queryError(body)
}
