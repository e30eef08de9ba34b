package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/wire"
)

// BenchmarkEndpoint measures calls over loopback, signed with a user's access key and authorized, beside a bare handler
// that answers with what it was sent. "of-echo" is the share of the bare handler's rate in the same run.
func BenchmarkEndpoint(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as main does
	h, _, err := newHost("", "", time.Now)
	if err != nil {
		b.Fatal(err)
	}
	endpoint := httptest.NewServer(both(http.NotFoundHandler(), h, wire.Options{}))
	defer endpoint.Close()
	echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, "", http.StatusBadRequest)
			return
		}
		w.Write(body)
	}))
	defer echo.Close()
	c := benchClient(b, endpoint.URL)
	calls := c.calls()
	for _, connections := range []int{1, 8} {
		var bare float64
		body := []byte(calls[0].input)
		b.Run(fmt.Sprintf("echo/%d", connections), func(b *testing.B) {
			bare = rate(b, connections, func() *http.Request { return newRequest(echo.URL, body) })
		})
		for _, call := range calls {
			b.Run(fmt.Sprintf("%s/%d", call.name, connections), func(b *testing.B) {
				signed := c.signed(call.operation, call.input)
				got := rate(b, connections, func() *http.Request {
					r := newRequest(endpoint.URL, []byte(call.input))
					r.Header = signed.Header
					return r
				})
				b.ReportMetric(got/bare, "of-echo")
			})
		}
	}
}

// benchCall is a call that is measured.
type benchCall struct{ name, operation, input string }

// calls makes the keys, and are the calls that are measured with them.
func (c *keyClient) calls() []benchCall {
	c.b.Helper()
	key := c.must("CreateKey", "{}").Get("KeyMetadata.Arn").Str
	calls := []benchCall{
		{"Encrypt", "Encrypt", `{"KeyId":"` + key + `","Plaintext":"aGVsbG8=","EncryptionContext":{"tenant":"1"}}`},
		{"Decrypt", "Decrypt", `{"CiphertextBlob":"` + c.must("Encrypt", `{"KeyId":"`+key+`","Plaintext":"aGVsbG8="}`).Get("CiphertextBlob").Str + `"}`},
		{"GenerateDataKey", "GenerateDataKey", `{"KeyId":"` + key + `","KeySpec":"AES_256"}`},
		{"CreateGrant", "CreateGrant", `{"KeyId":"` + key + `","GranteePrincipal":"arn:aws:iam::` + account + `:root","Operations":["Decrypt"],"Name":"one"}`},
	}
	for _, spec := range [...]struct{ name, spec, algorithm string }{{"Sign-RSA-2048", "RSA_2048", "RSASSA_PSS_SHA_256"}, {"Sign-P-256", "ECC_NIST_P256", "ECDSA_SHA_256"}} {
		key := c.must("CreateKey", `{"KeySpec":"`+spec.spec+`","KeyUsage":"SIGN_VERIFY"}`).Get("KeyMetadata.Arn").Str
		calls = append(calls, benchCall{spec.name, "Sign", `{"KeyId":"` + key + `","Message":"aGVsbG8=","SigningAlgorithm":"` + spec.algorithm + `"}`})
	}
	return calls
}

// rate makes b.N requests over some connections and returns how many were answered a second.
func rate(b *testing.B, connections int, request func() *http.Request) float64 {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	turns := make(chan struct{}, connections)
	var workers sync.WaitGroup
	b.ResetTimer()
	for range connections {
		workers.Go(func() {
			for range turns {
				res, err := client.Do(request())
				if err != nil || res.StatusCode != 200 {
					b.Errorf("%+v %v", res, err)
					continue
				}
				io.Copy(io.Discard, res.Body)
				res.Body.Close()
			}
		})
	}
	for range b.N {
		turns <- struct{}{}
	}
	close(turns)
	workers.Wait()
	b.StopTimer()
	perSecond := float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(perSecond, "ops/s")
	return perSecond
}

func newRequest(address string, body []byte) *http.Request {
	r, err := http.NewRequest("POST", address+"/", bytes.NewReader(body))
	if err != nil {
		panic(err) // the address is a server's
	}
	return r
}

// keyClient signs with an access key.
type keyClient struct {
	b       *testing.B
	address string
	id      string
	secret  string
}

// benchClient makes a user who may do everything.
func benchClient(b *testing.B, address string) *keyClient {
	b.Helper()
	s := &server{address: address}
	for _, form := range []string{
		"Action=CreateUser&UserName=dev", "Action=AttachUserPolicy&UserName=dev&PolicyArn=arn:aws:iam::aws:policy/AdministratorAccess",
	} {
		s.query(b, form)
	}
	answer := s.query(b, "Action=CreateAccessKey&UserName=dev")
	return &keyClient{b, address, between(answer, "AccessKeyId"), between(answer, "SecretAccessKey")}
}

// signed is a request of KMS with its signature, which covers the headers that are always there.
func (c *keyClient) signed(operation, input string) *http.Request {
	r := newRequest(c.address, []byte(input))
	stamp := time.Now().UTC().Format("20060102T150405Z")
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Target", "TrentService."+operation)
	r.Header.Set("X-Amz-Date", stamp)
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	mac := func(key []byte, text string) []byte {
		m := hmac.New(sha256.New, key)
		m.Write([]byte(text))
		return m.Sum(nil)
	}
	scope := stamp[:8] + "/eu-west-1/kms/aws4_request"
	canonical := "POST\n/\n\nhost:" + r.URL.Host + "\nx-amz-date:" + stamp + "\n\nhost;x-amz-date\n" + hash(input)
	key := mac(mac(mac(mac([]byte("AWS4"+c.secret), stamp[:8]), "eu-west-1"), "kms"), "aws4_request")
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+c.id+"/"+scope+", SignedHeaders=host;x-amz-date, Signature="+
		hex.EncodeToString(mac(key, "AWS4-HMAC-SHA256\n"+stamp+"\n"+scope+"\n"+hash(canonical))))
	return r
}

func (c *keyClient) call(operation, input string) (int, gjson.Result) {
	c.b.Helper()
	res, err := http.DefaultClient.Do(c.signed(operation, input))
	if err != nil {
		c.b.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		c.b.Fatal(err)
	}
	return res.StatusCode, gjson.ParseBytes(body)
}

func (c *keyClient) must(operation, input string) gjson.Result {
	c.b.Helper()
	status, answer := c.call(operation, input)
	if status != 200 {
		c.b.Fatal(status, answer.Raw)
	}
	return answer
}

// query makes a call of IAM as the root user.
func (s *server) query(b *testing.B, form string) string {
	b.Helper()
	r := newRequest(s.address, []byte(form+"&Version=2010-05-08"))
	stamp := time.Now().UTC().Format("20060102T150405Z")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Amz-Date", stamp)
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+account+"/"+stamp[:8]+"/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 {
		b.Fatal(err, string(body))
	}
	return string(body)
}

// between is the text of an XML element.
func between(text, name string) string {
	_, rest, _ := strings.Cut(text, "<"+name+">")
	text, _, _ = strings.Cut(rest, "</"+name+">")
	return text
}
