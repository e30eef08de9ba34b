package browser

import (
	"fmt"
	"runtime/debug"
	"syscall/js"
)

// Serve registers globalThis.kmsPlayground, the only global, and waits for requests. That it is there says that the
// engine is ready.
func Serve(e Engine) {
	// One thread computes and collects, and a world is small: collecting seldom makes a quarter more decisions a second
	// for some 60 MB, and the limit keeps a large world from taking eleven times its size.
	debug.SetGCPercent(1000)
	debug.SetMemoryLimit(128 << 20)
	door := New(e)
	door.Log = func(text string) { fmt.Println(text) } // the browser's console
	door.Progress = func(done, total int) {
		if told := js.Global().Get("kmsPlayground").Get("progress"); told.Type() == js.TypeFunction {
			told.Invoke(done, total)
		}
	}
	handle := js.FuncOf(func(_ js.Value, args []js.Value) any {
		request := ""
		if len(args) > 0 && args[0].Type() == js.TypeString {
			request = args[0].String()
		}
		return string(door.Handle([]byte(request)))
	})
	api := js.Global().Get("Object").New()
	api.Set("handle", handle)
	api.Set("version", Version)
	js.Global().Set("kmsPlayground", api)
	select {}
}
