// Command first is the engine that the page loads first, without what the first decision does not need.
package main

import "kmsplayground/wasm/browser"

func main() { browser.Serve(browser.First()) }
