package browser

import (
	"io"

	"kmsplayground/engine"
	"kmsplayground/engine/hsm"
)

// Engine is what a program can do.
type Engine struct {
	Handlers map[RequestType]func(*Door, Request) Reply
	Options  engine.Options // of its worlds, besides what documents say
	// Lacked is set by what an engine does not have when it is asked for it; nil for the whole engine, which lacks
	// nothing: there a request without a handler is a mistake.
	Lacked *bool
}

// First is the engine that the page loads first: it decides. What it has no handler for takes the whole engine.
func First() Engine {
	lacked := new(bool)
	return Engine{Lacked: lacked, Options: engine.Options{Algorithms: elsewhere{lacked}}, Handlers: map[RequestType]func(*Door, Request) Reply{
		Hello: (*Door).hello, Open: (*Door).openDocument, OpenLink: (*Door).openLink, Resume: (*Door).resume, Call: (*Door).call,
		Command: (*Door).command, Edit: (*Door).edit, Wait: (*Door).wait, Undo: (*Door).undo, Redo: (*Door).redo, Step: (*Door).step,
		Switch: (*Door).switchTo, Pin: (*Door).pin, Unpin: (*Door).unpin, Goal: (*Door).goal, Answer: (*Door).answer,
		Parse: (*Door).parse, Format: (*Door).format, Print: (*Door).print, Try: (*Door).try, Share: (*Door).share, Bench: (*Door).bench,
	}}
}

// Whole is everything. What stands here alone is loaded when it is asked for, or when the page has nothing else to do.
// What it takes of other packages that the first engine does without is handed in, so that this one does not link them.
func Whole(algorithms hsm.Algorithms, endpoint Endpoint) Engine {
	e := First()
	e.Lacked, e.Options = nil, engine.Options{Algorithms: algorithms}
	e.Handlers[Suggest], e.Handlers[Apply] = (*Door).suggest, (*Door).apply
	e.Handlers[Matrix], e.Handlers[Cell] = (*Door).matrix, (*Door).cell
	e.Handlers[Detail], e.Handlers[Effects], e.Handlers[Foresee] = (*Door).detail, (*Door).effects, (*Door).foresee
	e.Handlers[Complete], e.Handlers[Explain], e.Handlers[Earlier] = (*Door).complete, (*Door).explain, (*Door).earlierText
	e.Handlers[Describe] = (*Door).describe
	e.Handlers[Capture] = (*Door).capture
	e.Handlers[HTTP] = func(d *Door, r Request) Reply { return d.http(r, endpoint) }
	return e
}

// elsewhere stands for the algorithms of asymmetric keys, which only the whole engine has.
type elsewhere struct{ lacked *bool }

// NewKey refuses.
func (e elsewhere) NewKey(spec string, r io.Reader) (hsm.PrivateKey, error) {
	*e.lacked = true
	return hsm.None{}.NewKey(spec, r)
}

// EncryptFor refuses.
func (e elsewhere) EncryptFor(public []byte, algorithm string, plaintext []byte, r io.Reader) ([]byte, error) {
	*e.lacked = true
	return hsm.None{}.EncryptFor(public, algorithm, plaintext, r)
}

// ParseKey refuses.
func (e elsewhere) ParseKey(spec string, pkcs8 []byte) (hsm.PrivateKey, error) {
	*e.lacked = true
	return hsm.None{}.ParseKey(spec, pkcs8)
}
