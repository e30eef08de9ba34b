package advise

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
)

// denial is why a call is denied: the check that was, and whose it was.
type denial struct {
	x         *authz.Explanation // nil: denied without a question to authorization
	call      engine.Call
	caller    *iam.Principal
	service   string // that was asked: of a call beneath another one "kms"
	operation string
	input     gjson.Result
	checks    int  // how many were asked before it came to this one
	beneath   bool // a service asked for the caller; the request cannot change what it asks
}

// denialOf makes a call on a copy of a world, and says why it is denied; false when it is not. A call that fails
// because of the state of a key was allowed.
func denialOf(w *engine.World, c engine.Call) (denial, bool) {
	trial := w.Clone()
	a := trial.Call(c)
	d := denial{call: c, service: c.Service, operation: c.Operation, input: gjson.ParseBytes(c.Input)}
	if d.find(trial, a.Checks) {
		return d, true
	}
	for _, b := range a.Beneath {
		d.beneath, d.service, d.operation, d.input = true, "kms", b.Operation, gjson.ParseBytes(b.Input)
		if d.find(trial, b.Answer.Checks) {
			return d, true
		}
	}
	return d, len(a.Checks) == 0 || a.Error != nil && strings.HasPrefix(a.Error.Code, "AccessDenied")
}

func (d *denial) find(w *engine.World, checks []authz.Explanation) bool {
	for i := range checks {
		d.checks++
		if checks[i].Decision == authz.Allow {
			continue
		}
		p, err := w.IAM().Principal(d.call.As, w.Options().Account)
		if d.beneath || d.call.Credentials.AccessKeyId != "" || err != nil {
			p, err = w.IAM().Principal(checks[i].Principal, w.Options().Account)
		}
		if err == nil {
			d.x, d.caller = &checks[i], p
		}
		return true
	}
	return false
}

// sign tells denials apart.
func (d denial) sign() string {
	if d.x == nil {
		return ""
	}
	text := fmt.Sprint(d.checks, d.x.Action, d.x.Resource, d.x.Message)
	for _, l := range d.x.Layers {
		text += string(l.Verdict)
	}
	for _, p := range d.x.Deciding {
		text += fmt.Sprint(p.PolicyID, p.Statement)
	}
	return text
}

// pending is how long it takes until authorization sees all changes, 0 when it does.
func (d denial) pending() time.Duration {
	longest := time.Duration(0)
	if d.x == nil {
		return 0
	}
	for _, p := range d.x.Pending {
		at, err := time.Parse(time.RFC3339Nano, p.At)
		if err == nil {
			longest = max(longest, at.Sub(d.now()))
		}
	}
	return longest.Round(time.Second) + boolSecond(longest > 0)
}

func boolSecond(b bool) time.Duration {
	if b {
		return time.Second
	}
	return 0
}

// now is the moment of the request.
func (d denial) now() time.Time {
	for _, c := range d.x.Context {
		if c.Key == "aws:CurrentTime" && len(c.Values) == 1 {
			at, _ := time.Parse(time.RFC3339, c.Values[0])
			return at
		}
	}
	return time.Time{}
}

// key is the ARN of the key that was asked about, empty when it was something else.
func (d denial) key(w *engine.World) string {
	if _, ok := w.KMS().Key(d.x.Resource); ok {
		return d.x.Resource
	}
	return ""
}

// contextParameter is the parameter with the encryption context that counted in the check.
func (d denial) contextParameter() string {
	switch d.x.Action {
	case "kms:ReEncryptFrom":
		return "SourceEncryptionContext"
	case "kms:ReEncryptTo":
		return "DestinationEncryptionContext"
	}
	return "EncryptionContext"
}

func (d denial) encryptionContext() map[string]string {
	pairs := map[string]string{}
	d.input.Get(d.contextParameter()).ForEach(func(k, v gjson.Result) bool {
		pairs[k.Str] = v.Str
		return true
	})
	return pairs
}

func (d denial) layer(t authz.LayerType) *authz.Layer {
	for i := range d.x.Layers {
		if d.x.Layers[i].Type == t {
			return &d.x.Layers[i]
		}
	}
	return &authz.Layer{}
}

// owner is the account that owns what was asked about, the caller's for what belongs to nobody.
func (d denial) owner() string {
	if a, ok := arn.Parse(d.x.Resource); ok && a.Account != "" {
		return a.Account
	}
	return d.caller.Account
}
