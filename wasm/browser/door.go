package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime/debug"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/advise"
	"kmsplayground/engine/scenario"
	"kmsplayground/engine/source"
)

// Version is the engine's.
const Version = "0.1.0"

// Door serves requests, one after the other, on the one session that is open. It is not safe for concurrent use.
type Door struct {
	engine   Engine
	session  *scenario.Session
	drafts   drafts
	advised  advised
	compared compared
	// Log takes the stack of a panic, for whoever mends the engine; nil for nobody.
	Log func(text string)
	// Progress is told how much of a long request is done; nil for nobody.
	Progress func(done, total int)
}

// advised is the last advice that was worked out, and on what.
type advised struct {
	index    int
	session  *scenario.Session
	document string
	advice   advise.Advice
}

// New returns the door of an engine, with an empty document open.
func New(e Engine) *Door {
	return &Door{engine: e, session: scenario.OpenWith("", e.Options)}
}

// Handle serves one request. Whatever arrives and whatever happens, it answers.
func (d *Door) Handle(request []byte) []byte { return encode(d.reply(request)) }

func (d *Door) reply(request []byte) Reply {
	var reply Reply
	r, err := decode(request)
	if err != nil {
		reply = failure("bad message: %s", err)
		reply.Id = int(gjson.GetBytes(request, "Id").Int())
	} else {
		reply = d.serve(r)
		reply.Id = r.Id
	}
	reply.Version = Version
	if reply.Diagnostics == nil {
		reply.Diagnostics = []source.Diagnostic{}
	}
	return reply
}

func encode(reply Reply) []byte {
	text, err := json.Marshal(reply)
	if err != nil {
		failed := failure("the reply cannot be written: %s", err)
		failed.Id, failed.Version, failed.Diagnostics = reply.Id, Version, []source.Diagnostic{}
		text, _ = json.Marshal(failed)
	}
	return text
}

// decode reads a request; a field that the protocol does not have is a mistake of the page.
func decode(text []byte) (Request, error) {
	var r Request
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return r, err
	}
	if decoder.More() {
		return r, fmt.Errorf("there is something after the request")
	}
	return r, nil
}

// serve turns a panic into a Failure. The session may be half changed then, so it is made anew; so it is when the
// engine lacked something on the way.
func (d *Door) serve(r Request) (reply Reply) {
	before, history := d.session.Text(), d.session.History()
	defer func() {
		if cause := recover(); cause != nil {
			reply = Reply{Failure: fmt.Sprintf("the engine failed at %s, and went back to before it: %v", r.Type, cause)}
			if d.Log != nil {
				d.Log(reply.Failure + "\n" + string(debug.Stack()))
			}
			d.restore(before, history)
		}
	}()
	handler, ok := d.engine.Handlers[r.Type]
	lacked := d.engine.Lacked
	switch {
	case !ok && lacked != nil:
		return Reply{NeedsWhole: true}
	case !ok:
		return failure("there is no request of type %q", r.Type)
	}
	d.beforeActing(r.Type)
	reply = handler(d, r)
	if lacked != nil && *lacked {
		*lacked = false
		d.restore(before, history)
		return Reply{NeedsWhole: true}
	}
	return reply
}

// restore goes back to a session that was open before. One that the engine cannot open any more leaves nothing open.
func (d *Door) restore(document string, h scenario.History) {
	defer func() {
		if recover() != nil {
			d.session = scenario.OpenWith("", d.engine.Options)
		}
	}()
	d.session = scenario.Resume(document, h, d.engine.Options)
}

func failure(format string, args ...any) Reply { return Reply{Failure: fmt.Sprintf(format, args...)} }
