package main

import (
	"fmt"
	"slices"
	"strings"

	"kmsplayground/engine/catalog"
)

// table is a row for each operation, in Markdown.
func table(found map[string]evidence) string {
	var b strings.Builder
	all, tested := catalog.KMS(), 0
	for _, op := range all {
		if found[op.Name].steps {
			tested++
		}
	}
	fmt.Fprintf(&b, "<details><summary>%d of %d operations: key states, grants, DryRun, other accounts, tests</summary>\n\n", tested, len(all))
	b.WriteString("| operation | works on a key that is | in a grant | DryRun | other accounts | tested by | note |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	for _, op := range all {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s |\n", op.Name, states(op.Name), grants(op.Name),
			yes(has(op, "DryRun")), yes(crossAccount(op.Name)), found[op.Name], note(op))
	}
	b.WriteString("\n</details>\n")
	return b.String()
}

// states are those of a key with which an operation can succeed; PendingDeletion stands for PendingReplicaDeletion too.
func states(operation string) string {
	works, ok := catalog.StatesOf(operation)
	fails := []string{}
	names := []string{}
	for _, state := range catalog.KeyStates() {
		if slices.Contains(works, state) {
			names = append(names, string(state))
		} else {
			fails = append(fails, string(state))
		}
	}
	switch {
	case !ok:
		return "(no key)"
	case len(fails) == 0:
		return "in any state"
	case len(fails) < len(names):
		return "not " + strings.Join(fails, ", ")
	}
	return strings.Join(names, ", ")
}

// actions are the actions under which an operation is authorized on its keys.
func actions(operation string) (all []catalog.ActionInfo) {
	for _, name := range []string{operation, operation + "From", operation + "To"} {
		if a, ok := catalog.LookupAction("kms:" + name); ok {
			all = append(all, a)
		}
	}
	return all
}

func grants(operation string) string {
	names := []string{}
	for _, a := range actions(operation) {
		if a.Grantable {
			names = append(names, strings.TrimPrefix(a.Name, "kms:"))
		}
	}
	if slices.Equal(names, []string{operation}) {
		return "yes"
	}
	return strings.Join(names, ", ")
}

func crossAccount(operation string) bool {
	return slices.ContainsFunc(actions(operation), func(a catalog.ActionInfo) bool { return a.CrossAccount })
}

func has(op catalog.Operation, parameter string) bool {
	return slices.ContainsFunc(op.Input, func(f catalog.Field) bool { return f.Name == parameter })
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

func note(op catalog.Operation) string {
	notes := []string{}
	if !op.Simulated {
		notes = append(notes, "not simulated")
	}
	if has(op, "Recipient") {
		notes = append(notes, "`Recipient` is refused")
	}
	if has(op, "Limit") {
		notes = append(notes, fmt.Sprintf("pages of %d", catalog.PageSize(op.Name)))
	}
	return strings.Join(notes, "; ")
}
