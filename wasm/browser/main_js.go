package main

import (
	"fmt"
	"syscall/js"
)

// main registers globalThis.kmsPlayground, the only global, and waits for requests. That it is there says that the
// engine is ready.
func main() {
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
