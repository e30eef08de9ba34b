package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// algorithm is Signature Version 4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html,
// read 2026-08.
const algorithm = "AWS4-HMAC-SHA256"

// basic is ISO 8601's basic format, in which requests are dated.
const basic = "20060102T150405Z"

// signature is what a request says of how it was signed.
type signature struct {
	accessKeyID string
	date        string // of the scope: "20260102"
	region      string
	service     string
	terminator  string
	headers     []string // that are signed, lower-case
	value       string   // hex
	token       string
	at          string // when it was signed, in the basic format
	presigned   bool   // in the query string
	expires     time.Duration
}

// readSignature finds the signature in the Authorization header or in the query string.
func readSignature(r *http.Request) (*signature, *refusal) {
	header := r.Header.Get("Authorization")
	if header == "" && r.URL.Query().Has("X-Amz-Algorithm") {
		return readPresigned(r.URL.Query())
	}
	if header == "" {
		return nil, bad("MissingAuthenticationTokenException", "Request is missing Authentication Token")
	}
	kind, parameters, _ := strings.Cut(header, " ")
	if kind != algorithm {
		return nil, bad("IncompleteSignatureException", "Unsupported authorization type: %s.", shortened(kind)) // the text is ours
	}
	s := &signature{token: r.Header.Get("X-Amz-Security-Token"), at: r.Header.Get("X-Amz-Date")}
	if s.at == "" {
		s.at = httpDate(r.Header.Get("Date"))
	}
	parts := [...]struct{ name, value string }{{name: "Credential"}, {name: "Signature"}, {name: "SignedHeaders"}}
	for part := range strings.SplitSeq(parameters, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok {
			return nil, bad("IncompleteSignatureException", "'%s' not a valid key=value pair (missing equal-sign) in Authorization header: '%s'.", shortened(strings.TrimSpace(part)), shortened(header))
		}
		for i := range parts {
			if parts[i].name == name {
				parts[i].value = value
			}
		}
	}
	var missing []string
	for _, part := range parts {
		if part.value == "" {
			missing = append(missing, "Authorization header requires '"+part.name+"' parameter.")
		}
	}
	if s.at == "" {
		missing = append(missing, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
	}
	if missing != nil {
		return nil, bad("IncompleteSignatureException", "%s Authorization=%s", strings.Join(missing, " "), shortened(header))
	}
	return s, s.fill(parts[0].value, parts[2].value, parts[1].value)
}

// httpDate turns the Date header, which either format may have, into the basic format.
func httpDate(text string) string {
	if t, err := http.ParseTime(text); err == nil {
		return t.UTC().Format(basic)
	}
	return text
}

func readPresigned(q url.Values) (*signature, *refusal) {
	if q.Get("X-Amz-Algorithm") != algorithm {
		return nil, bad("IncompleteSignatureException", "Unsupported algorithm: %s.", shortened(q.Get("X-Amz-Algorithm"))) // the text is ours
	}
	var missing []string
	for _, name := range [...]string{"X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"} {
		if q.Get(name) == "" {
			missing = append(missing, "AWS query-string parameters must include '"+name+"'.")
		}
	}
	if missing != nil {
		return nil, bad("IncompleteSignatureException", "%s Re-examine the query-string parameters.", strings.Join(missing, " "))
	}
	s := &signature{token: q.Get("X-Amz-Security-Token"), at: q.Get("X-Amz-Date"), presigned: true}
	if text := q.Get("X-Amz-Expires"); text != "" {
		seconds, err := strconv.Atoi(text)
		if err != nil || seconds < 1 || seconds > 604800 {
			return nil, bad("IncompleteSignatureException", "X-Amz-Expires must be between 1 and 604800 seconds.") // the text is ours
		}
		s.expires = time.Duration(seconds) * time.Second
	}
	return s, s.fill(q.Get("X-Amz-Credential"), q.Get("X-Amz-SignedHeaders"), q.Get("X-Amz-Signature"))
}

func (s *signature) fill(credential, headers, value string) *refusal {
	var parts [5]string
	n := 0
	for part := range strings.SplitSeq(credential, "/") {
		if n < len(parts) {
			parts[n] = part
		}
		n++
	}
	if n != len(parts) {
		return bad("IncompleteSignatureException", "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '%s'", shortened(credential))
	}
	s.accessKeyID, s.date, s.region, s.service, s.terminator = parts[0], parts[1], parts[2], parts[3], parts[4]
	s.headers, s.value = strings.Split(strings.ToLower(headers), ";"), value
	return nil
}

// covers reports whether a signature was made of this request with a secret. sign does what Sign does.
func (s *signature) covers(r *http.Request, body []byte, secret string, sign func(string, Scope, []byte) []byte) bool {
	given, err := hex.DecodeString(s.value)
	return err == nil && hmac.Equal(given, sign(secret, s.scope(), s.stringToSign(r, body)))
}

// Sign is the signature of a text with the signing key of a secret.
func Sign(secret string, s Scope, text []byte) []byte { return mac(SigningKey(secret, s), text) }

// Scope is what a signing key follows from, besides the secret; terminator is "aws4_request".
type Scope struct{ Date, Region, Service, Terminator string }

func (s *signature) scope() Scope { return Scope{s.date, s.region, s.service, s.terminator} }

// SigningKey derives the key that signs for a day, a Region and a service.
func SigningKey(secret string, s Scope) []byte {
	key := mac([]byte("AWS4"+secret), []byte(s.Date))
	key = mac(key, []byte(s.Region))
	key = mac(key, []byte(s.Service))
	return mac(key, []byte(s.Terminator))
}

func (s *signature) stringToSign(r *http.Request, body []byte) []byte {
	var room [1024]byte // for the canonical request, which is forgotten at once
	canonical := s.canonical(room[:0], r, body)
	b := make([]byte, 0, 192)
	for _, part := range [...]string{algorithm, "\n", s.at, "\n", s.date, "/", s.region, "/", s.service, "/", s.terminator, "\n"} {
		b = append(b, part...)
	}
	return appendDigest(b, canonical)
}

// canonical appends the one form that client and service give a request. The path is always "/".
func (s *signature) canonical(b []byte, r *http.Request, body []byte) []byte {
	b = append(append(b, r.Method...), "\n/\n"...)
	b = append(append(b, canonicalQuery(r.URL.RawQuery, s.presigned)...), '\n')
	for _, name := range s.headers {
		b = append(append(b, name...), ':')
		b = append(append(b, headerValue(r, name)...), '\n')
	}
	b = append(b, '\n')
	for i, name := range s.headers {
		if i > 0 {
			b = append(b, ';')
		}
		b = append(b, name...)
	}
	return appendDigest(append(b, '\n'), body)
}

// canonicalQuery is the query string with its parameters encoded in one way and sorted, without the signature itself.
func canonicalQuery(raw string, presigned bool) string {
	if raw == "" {
		return ""
	}
	var pairs [][2]string
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, value = recoded(name), recoded(value)
		if presigned && name == "X-Amz-Signature" {
			continue
		}
		pairs = append(pairs, [2]string{name, value})
	}
	slices.SortFunc(pairs, func(a, b [2]string) int {
		if c := strings.Compare(a[0], b[0]); c != 0 {
			return c
		}
		return strings.Compare(a[1], b[1])
	})
	all := make([]string, len(pairs))
	for i, p := range pairs {
		all[i] = p[0] + "=" + p[1]
	}
	return strings.Join(all, "&")
}

func recoded(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		text = plain
	}
	return encoded(text)
}

// headerValue is a header as it is signed: the values of all its lines, with their spaces folded.
func headerValue(r *http.Request, name string) string {
	switch name {
	case "host":
		return r.Host
	case "content-length":
		return strconv.FormatInt(r.ContentLength, 10)
	case "transfer-encoding":
		return strings.Join(r.TransferEncoding, ",")
	}
	values := header(r, name)
	if len(values) == 1 {
		return folded(values[0])
	}
	values = slices.Clone(values)
	for i, v := range values {
		values[i] = folded(v)
	}
	return strings.Join(values, ",")
}

// header is a header by its name in lower case. Most headers of AWS are not among those that net/http can spell without
// making a new string of the name each time.
func header(r *http.Request, lower string) []string {
	var room [64]byte
	name := append(room[:0], lower...)
	for i, c := range name {
		if 'a' <= c && c <= 'z' && (i == 0 || name[i-1] == '-') {
			name[i] = c - 'a' + 'A'
		}
	}
	return r.Header[string(name)]
}

// folded is a value without the spaces around it, and with one for several within it.
func folded(value string) string {
	if !strings.Contains(value, "  ") {
		return strings.Trim(value, " ")
	}
	return strings.Join(strings.FieldsFunc(value, func(c rune) bool { return c == ' ' }), " ")
}

func mac(key, text []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(text) // a hash takes all
	return h.Sum(nil)
}

// appendDigest appends the digest of a text in hexadecimal.
func appendDigest(b, text []byte) []byte {
	sum := sha256.Sum256(text)
	return hex.AppendEncode(b, sum[:])
}
