package iam

import "fmt"

// Error is an answer of IAM or STS that says no, with AWS's code and text.
type Error struct {
	Code    string // "NoSuchEntity"
	Message string
}

func (e *Error) Error() string { return e.Code + ": " + e.Message }

func errorf(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
