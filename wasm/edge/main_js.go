// Command edge is the playground as a Cloudflare Worker: the site, and a world for AWS clients in a Durable Object.
package main

import (
	"net/http"
	"runtime/debug"
	"syscall/js"
	"time"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare"
	"github.com/syumai/workers/cloudflare/fetch"
)

// main answers one request of the site, or, when a Durable Object started it, AWS clients until that ends. A Worker's
// instance of a Go program lives for one request, a Durable Object's for many.
func main() {
	if object := js.Global().Get("context").Get("world"); object.Truthy() {
		hold(object)
	}
	client := fetch.NewClient(fetch.WithBinding(cloudflare.GetBinding("ASSETS"))).HTTPClient(fetch.RedirectModeManual)
	assets := func(r *http.Request) (*http.Response, error) { return client.Transport.RoundTrip(r) }
	workers.Serve(Front(assets, cloudflare.Getenv("CSP")))
}

// hold gives the Durable Object its function answer(head, body), which answers at once: {head, body}.
func hold(object js.Value) {
	// An isolate has 128 MB, for the world and whatever else is in it.
	debug.SetGCPercent(200)
	debug.SetMemoryLimit(64 << 20)
	log := func(text string) { js.Global().Get("console").Call("error", text) }
	world := NewWorld(cloudflare.Getenv("BOOTSTRAP"), time.Now, log)
	array := js.Global().Get("Uint8Array")
	object.Set("answer", js.FuncOf(func(_ js.Value, args []js.Value) any {
		body := make([]byte, args[1].Length())
		js.CopyBytesToGo(body, args[1])
		head, content := world.Answer([]byte(args[0].String()), body)
		bytes := array.New(len(content))
		js.CopyBytesToJS(bytes, content)
		return map[string]any{"head": string(head), "body": bytes}
	}))
	select {}
}
