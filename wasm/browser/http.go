package browser

import "kmsplayground/engine/scenario"

// Endpoint answers a request of a client of AWS; what it changes becomes steps of the session.
type Endpoint func(*scenario.Session, HTTPRequest) HTTPResponse

// http answers a client of AWS that runs in the page.
func (d *Door) http(r Request, answer Endpoint) Reply {
	if r.HTTP == nil {
		return failure("an HTTP request carries an HTTP")
	}
	index := len(d.session.Calls())
	response := answer(d.session, *r.HTTP)
	reply := Reply{HTTP: &response, Index: index}
	if calls := d.session.Calls(); len(calls) > index {
		reply.Answer = &calls[index].Answer
		return d.changed(reply)
	}
	return reply
}
