package main

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/wire"
)

// seen is a call of a client as a page may see it: what was decided and why, and not what was answered, which may be a
// secret.
type seen struct {
	Number    int // from 1, in order
	Time      time.Time
	Service   string
	Operation string
	Region    string
	Answer    engine.Answer

	explain func() []authz.Explanation // what the answer's Checks are; nil when they are there
}

var null = json.RawMessage("null")

// recent are the last calls of clients.
type recent struct {
	calls [keptCalls]seen // the n-th at n modulo keptCalls
	count int
}

// keptCalls is how many calls a page that attaches late still sees.
const keptCalls = 200

func (r *recent) add(at time.Time, c engine.Call, a engine.Answer, explain func() []authz.Explanation) {
	r.count++
	a.Output = null
	r.calls[r.count%keptCalls] = seen{r.count, at, c.Service, c.Operation, c.Region, a, explain}
}

// after are the kept calls with a number above n, oldest first.
func (r *recent) after(n int) []seen {
	calls := []seen{}
	for number := max(r.count-keptCalls, 0) + 1; number <= r.count; number++ {
		if number > n {
			call := &r.calls[number%keptCalls]
			if call.explain != nil {
				call.Answer.Checks, call.explain = call.explain(), nil
			}
			calls = append(calls, *call)
		}
	}
	return calls
}

// attach answers the pages that this server serves to this machine, and nobody else:
//
//	GET /attach/calls?after=12   the calls since, with their explanations
//	GET /attach/policy?id=…      a policy's text as it is now
func (h *host) attach() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /attach/calls", func(w http.ResponseWriter, r *http.Request) {
		after, _ := strconv.Atoi(r.URL.Query().Get("after")) // 0 for what is no number
		h.mu.Lock()
		calls := h.recent.after(after)
		h.mu.Unlock()
		send(w, struct{ Calls []seen }{calls})
	})
	mux.HandleFunc("GET /attach/policy", func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		text, found := policyText(h.world, r.URL.Query().Get("id"))
		h.mu.Unlock()
		if !found {
			http.Error(w, "there is no such policy now", http.StatusNotFound)
			return
		}
		send(w, struct{ Text string }{text})
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !wire.IsLocal(r) {
			http.Error(w, "only pages of this server on this machine", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func send(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	w.Write(encode(v))
}

// policyText finds a policy of the world by its id.
func policyText(w *engine.World, id string) (text string, found bool) {
	look := func(policies ...iam.Policy) {
		for _, p := range policies {
			if p.ID == id && p.Document != nil {
				text, found = p.Document.Text.String(), true
			}
		}
	}
	if p := w.KMS().KeyPolicy(id); p != nil {
		look(*p)
	}
	for _, account := range w.IAM().Accounts() {
		for _, u := range w.IAM().Users(account) {
			look(u.UserPolicyList...)
		}
		for _, g := range w.IAM().Groups(account) {
			look(g.GroupPolicyList...)
		}
		for _, r := range w.IAM().Roles(account) {
			look(append(r.RolePolicyList, r.AssumeRolePolicyDocument)...)
		}
		for _, p := range w.IAM().Policies(account) {
			look(p.Policy)
		}
		for _, p := range w.IAM().OrganizationPolicies(account) {
			look(p.Policy)
		}
		for _, s := range w.IAM().Sessions(account) {
			look(s.Principal.Session...)
		}
	}
	return text, found
}
