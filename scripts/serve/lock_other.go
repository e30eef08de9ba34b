//go:build !unix

package main

import "os"

// lockFolder cannot keep a second server out here.
func lockFolder(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
}
