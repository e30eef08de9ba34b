package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"kmsplayground/engine"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/keypair"
	"kmsplayground/engine/wire"
)

// World answers AWS clients. It holds one world in memory, over a real clock and real randomness, for as long as its
// Durable Object lives. It answers one request after the other.
type World struct {
	endpoint http.Handler
	world    *engine.World
	now      func() time.Time
	log      func(string)
}

// keptEvents is how much of the CloudTrail history a world keeps at least; a Worker has 128 MB.
const keptEvents = 1000

// NewWorld returns an empty world. bootstrap is the value of the variable BOOTSTRAP: anything but "anywhere" lets no
// account id act as an access key, since an edge has no loopback clients.
func NewWorld(bootstrap string, now func() time.Time, log func(string)) *World {
	seed := make([]byte, 32)
	rand.Read(seed) // never fails
	w := &World{now: now, log: log, world: engine.New(engine.Options{Start: now(), Entropy: hsm.Seeded(string(seed)), Algorithms: keypair.All{}})}
	o := wire.Options{Bootstrap: wire.Never}
	if bootstrap == string(wire.FromAnywhere) {
		o.Bootstrap = wire.FromAnywhere
	}
	w.endpoint = wire.New(w, o)
	return w
}

// tick brings the world's clock to the present.
func (w *World) tick() { w.world.Advance(w.now().Sub(w.world.Now())) }

// AccessKey finds the key that a request is signed with.
func (w *World) AccessKey(id string) (iam.SigningKey, bool, time.Time) {
	w.tick()
	key, found := w.world.IAM().SigningKey(id)
	return key, found, w.world.Now()
}

// RequestID draws an id for a request that does not become a call.
func (w *World) RequestID() string { return w.world.RequestID() }

// Call makes a call.
func (w *World) Call(c engine.Call) (a engine.Answer, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			w.log(fmt.Sprintf("%s %s: %v", c.Service, c.Operation, problem))
			err = errors.New("the engine panicked")
		}
	}()
	w.tick()
	a = w.world.Call(c)
	w.world.KeepTrail(keptEvents)
	return a, nil
}

// Head is a request or a response without its body, as JSON crosses between Go and JavaScript cheapest.
type Head struct {
	Method string      `json:",omitempty"`
	URL    string      `json:",omitempty"`
	Status int         `json:",omitempty"`
	Header [][2]string // name and value, as a client sent them: one line for each name
}

// Answer answers one request.
func (w *World) Answer(head, body []byte) (answer, content []byte) {
	to := &wire.Response{}
	if r, err := request(head, body); err != nil {
		http.Error(to, err.Error(), http.StatusBadRequest)
	} else {
		w.endpoint.ServeHTTP(to, r)
	}
	answer, err := json.Marshal(Head{Status: to.Status(), Header: to.Lines()})
	if err != nil {
		panic(err) // texts and a number
	}
	return answer, to.Body.Bytes()
}

// request is what a server in Go would have made of it. The address of the client is that which the edge saw.
func request(head, body []byte) (*http.Request, error) {
	var h Head
	if err := json.Unmarshal(head, &h); err != nil {
		return nil, err
	}
	r, err := http.NewRequest(h.Method, h.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for _, line := range h.Header {
		r.Header.Add(line[0], line[1])
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
		r.Header.Del("Host")
	}
	if ip := r.Header.Get("Cf-Connecting-Ip"); ip != "" {
		r.RemoteAddr = net.JoinHostPort(ip, "0")
	}
	return r, nil
}
