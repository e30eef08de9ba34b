package browser

import (
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/kms"
)

// principalLabel is a short name of a caller; accounts are named when they are not the world's own.
func principalLabel(w *engine.World, a arn.ARN) string {
	kind, rest, _ := strings.Cut(a.Resource, "/")
	name := rest[strings.LastIndex(rest, "/")+1:]
	label := a.Resource
	switch kind {
	case "root":
		return "root of " + a.Account
	case "user":
		label = name
	case "federated-user":
		label = "federated user " + name
	case "assumed-role":
		role, session, _ := strings.Cut(rest, "/")
		label = "role/" + role + " (session " + session + ")"
	}
	if a.Account != w.Options().Account {
		label += " of " + a.Account
	}
	return label
}

// keyLabel is the first alias of a key, or its id.
func keyLabel(w *engine.World, key kms.Key) string {
	if names := aliasNames(w, key); len(names) > 0 {
		return names[0]
	}
	return key.ID
}

func aliasNames(w *engine.World, key kms.Key) []string {
	names := []string{}
	for _, a := range w.KMS().Aliases(key.Account, key.Region) {
		if a.TargetARN == key.ARN {
			names = append(names, a.Name)
		}
	}
	return names
}

// resourceLabel is a short name of what a call was about, by its ARN; empty for "*".
func resourceLabel(w *engine.World, resource string) string {
	if key, ok := w.KMS().Key(resource); ok {
		return keyLabel(w, key)
	}
	a, ok := arn.Parse(resource)
	if !ok {
		return ""
	}
	return strings.TrimPrefix(a.Resource, "key/")
}
