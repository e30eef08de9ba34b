package main

import (
	"fmt"
	"runtime/debug"
	"syscall/js"
)

// main registers globalThis.kmsPlayground, the only global, and waits for requests. That it is there says that the
// engine is ready.
func main() {
	debug.SetGCPercent(400) // a world is small: collecting less often costs a few megabytes and saves a tenth of the time
	door := NewDoor()
	door.Log = func(text string) { fmt.Println(text) } // the browser's console
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
