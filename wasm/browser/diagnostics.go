package browser

import (
	"kmsplayground/engine/policy"
	"kmsplayground/engine/scenario"
	"kmsplayground/engine/source"
)

// diagnostics are the remarks about the text of a policy, which the world names by id.
func diagnostics(kind policy.Kind, id, text string) []source.Diagnostic {
	_, found := policy.ParseWith(kind, text, scenario.CheckOptions(id))
	return append([]source.Diagnostic{}, found...)
}
