package policy

import "kmsplayground/engine/source"

// Check remarks on what a policy of a kind must or must not hold.
func Check(doc *Document, kind Kind) []source.Diagnostic { return nil }
