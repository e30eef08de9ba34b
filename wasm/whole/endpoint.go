package main

import (
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/advise"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/scenario"
	"kmsplayground/engine/wire"
	"kmsplayground/wasm/browser"
)

// endpoint answers a client of AWS that runs in the page. What it changes becomes steps of the session. Nobody else can
// reach it, so that account ids act as their root users.
func endpoint(s *scenario.Session, r browser.HTTPRequest) browser.HTTPResponse {
	to := &wire.Response{}
	if request, err := httpRequest(r); err != nil {
		http.Error(to, err.Error(), http.StatusBadRequest)
	} else {
		wire.New(&host{s, time.Now()}, wire.Options{Bootstrap: wire.FromAnywhere}).ServeHTTP(to, request)
	}
	answer := browser.HTTPResponse{Status: to.Status(), Header: []browser.TagView{}, Body: to.Body.String()}
	for _, line := range to.Lines() {
		answer.Header = append(answer.Header, browser.TagView{Key: line[0], Value: line[1]})
	}
	return answer
}

func httpRequest(r browser.HTTPRequest) (*http.Request, error) {
	request, err := http.NewRequest(r.Method, r.URL, strings.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	for _, h := range r.Header {
		request.Header.Add(h.Key, h.Value)
	}
	request.Header.Del("Host")
	return request, nil
}

// host is a session that clients call. They sign by the machine's clock, which is not the world's.
type host struct {
	session *scenario.Session
	now     time.Time
}

// named begins an access key id that names a principal of the world, as the picker of the page does; the rest is the
// reference in hexadecimal. Its secret is the same for all.
const (
	named       = "PLAYGROUND"
	namedSecret = "playground"
)

func principalOf(accessKeyID string) (ref string, ok bool) {
	rest, ok := strings.CutPrefix(accessKeyID, named)
	text, err := hex.DecodeString(rest)
	return string(text), ok && err == nil
}

// AccessKey finds the key that a request is signed with. The end of a session is moved to the machine's clock.
func (h *host) AccessKey(id string) (iam.SigningKey, bool, time.Time) {
	if _, ok := principalOf(id); ok {
		return iam.SigningKey{ID: id, Secret: namedSecret}, true, h.now
	}
	w := h.session.World()
	key, found := w.IAM().SigningKey(id)
	if !key.Expires.IsZero() {
		key.Expires = key.Expires.Add(h.now.Sub(w.Now()))
	}
	return key, found, h.now
}

// Call appends the call to the session, as the AWS CLI command that does the same. What the AWS CLI refuses to send is
// refused as the service does it, and is no step.
func (h *host) Call(c engine.Call) (engine.Answer, error) {
	w := h.session.World()
	if ref, ok := principalOf(c.Credentials.AccessKeyId); ok {
		c.As, c.Credentials = ref, engine.Credentials{}
	} else if k := c.Credentials; k.AccessKeyId != "" {
		if p, err := w.IAM().Authenticate(k.AccessKeyId, k.SecretAccessKey, k.SessionToken, w.Now()); err == nil {
			c.As = reference(w, p) // the step says whose key it is
		}
	}
	answer, _ := h.session.Call(c)
	if answer.Error != nil && answer.Error.Code == "ParamValidation" && answer.RequestID == "" {
		h.session.Undo()
		if refused := h.session.World().Clone().Call(c); refused.Error != nil {
			return refused, nil
		}
	}
	return answer, nil
}

// reference is how a step names a principal.
func reference(w *engine.World, p *iam.Principal) string {
	for _, known := range advise.People(w) {
		if known.Principal.ARN == p.ARN {
			return known.Ref
		}
	}
	return p.ARN.String()
}

// RequestID draws an id for a request that does not become a call. It leaves no trace in the session.
func (h *host) RequestID() string { return h.session.World().Clone().RequestID() }
