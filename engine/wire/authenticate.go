package wire

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/catalog"
)

// maxSkew is how far the date of a signature may be from the world's clock.
const maxSkew = 5 * time.Minute

var (
	invalidToken     = bad("UnrecognizedClientException", "The security token included in the request is invalid.")
	expiredToken     = bad("ExpiredTokenException", "The security token included in the request is expired")
	invalidSignature = bad("InvalidSignatureException", "The request signature we calculated does not match the signature you provided. "+
		"Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")
)

// authenticate checks a request's signature and fills in who calls and which Region is meant. What is checked in which
// order is AWS's as far as it can be observed from outside: the form of the signature, its scope, its date, the access
// key, and the signature last.
func (h *handler) authenticate(r *http.Request, req *request, body []byte, c *engine.Call) *refusal {
	s, refused := readSignature(r)
	if refused != nil {
		return refused
	}
	at, err := time.Parse(basic, s.at)
	if err != nil {
		return bad("IncompleteSignatureException", "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601", shortened(s.at))
	}
	if refused := s.checkScope(req.service); refused != nil {
		return refused
	}
	key, found, now := h.host.AccessKey(s.accessKeyID)
	if refused := s.checkDate(at, now); refused != nil {
		return refused
	}
	c.Region = s.region
	if isAccount(s.accessKeyID) {
		if !h.mayBootstrap(r, s) {
			return invalidToken
		}
		c.As = s.accessKeyID + ":root"
		return nil
	}
	switch {
	case !found, key.Token != s.token:
		return invalidToken
	case !s.covers(r, body, key.Secret, h.options.Sign):
		return invalidSignature
	case !key.Expires.IsZero() && !now.Before(key.Expires):
		return expiredToken
	}
	c.Credentials = engine.Credentials{AccessKeyId: key.ID, SecretAccessKey: key.Secret, SessionToken: key.Token}
	return nil
}

// mayBootstrap: a presigned request can be a link in any page, so that it never counts.
func (h *handler) mayBootstrap(r *http.Request, s *signature) bool {
	switch h.options.Bootstrap {
	case FromAnywhere:
		return !s.presigned && !crossOrigin(r)
	case FromLoopback:
		return !s.presigned && IsLocal(r)
	}
	return false
}

func isAccount(id string) bool { return len(id) == 12 && strings.Trim(id, "0123456789") == "" }

// checkScope checks what a signature is for. IAM and AWS Organizations sign for us-east-1; a client that was given this
// endpoint signs for the Region it was given, and is let in.
func (s *signature) checkScope(service string) *refusal {
	var wrong []string
	if _, known := catalog.Partition(s.region); !known {
		wrong = append(wrong, "Credential should be scoped to a valid region. ")
	}
	if s.service != service {
		wrong = append(wrong, "Credential should be scoped to correct service: '"+service+"'. ")
	}
	if s.terminator != "aws4_request" {
		wrong = append(wrong, "Credential should be scoped with a valid terminator: 'aws4_request'. ")
	}
	if day, _, _ := strings.Cut(s.at, "T"); day != s.date {
		wrong = append(wrong, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"+shortened(s.date)+"' != '"+day+"', from '"+s.at+"'. ")
	}
	if !slices.Contains(s.headers, "host") {
		wrong = append(wrong, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization. ")
	}
	if wrong == nil {
		return nil
	}
	return bad("InvalidSignatureException", "%s", strings.Join(wrong, ""))
}

// checkDate holds the date of a signature against the clock; a presigned request says itself how long it is good for.
func (s *signature) checkDate(at, now time.Time) *refusal {
	late, allowed := maxSkew, "5 min."
	if s.presigned && s.expires > 0 {
		late, allowed = s.expires, fmt.Sprintf("%d min.", int(s.expires.Minutes()))
	}
	now = now.UTC()
	switch {
	case at.Before(now.Add(-late)):
		return bad("InvalidSignatureException", "Signature expired: %s is now earlier than %s (%s - %s)", s.at, now.Add(-late).Format(basic), now.Format(basic), allowed)
	case at.After(now.Add(maxSkew)):
		return bad("InvalidSignatureException", "Signature not yet current: %s is still later than %s (%s + 5 min.)", s.at, now.Add(maxSkew).Format(basic), now.Format(basic))
	}
	return nil
}
