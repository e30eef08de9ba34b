package main

import (
	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

// diagnostics are the remarks about a policy text.
func diagnostics(kind policy.Kind, text string) []source.Diagnostic {
	_, found := policy.ParseAs(kind, text)
	return append([]source.Diagnostic{}, found...)
}
