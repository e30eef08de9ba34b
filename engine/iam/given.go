package iam

import (
	"slices"
	"strings"
)

// GiveIDs says which ids users, roles, organizations, their roots, units and policies will have, in the order in which
// things of each kind are made; what is made beyond those draws its own. A world that stands for a real one has the ids
// that the real one's policies name.
func (d *Directory) GiveIDs(ids []string) {
	for _, id := range ids {
		if prefix := idPrefix(id); prefix != "" && !slices.Contains(d.given[prefix], id) {
			d.given[prefix] = append(slices.Clip(d.given[prefix]), id)
		}
	}
}

// idPrefix is the beginning of an id that says what it is of; empty for what is no id that can be given.
func idPrefix(id string) string {
	if len(id) == 21 && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == "" && (strings.HasPrefix(id, "AIDA") || strings.HasPrefix(id, "AROA")) {
		return id[:4]
	}
	prefix, rest, _ := strings.Cut(id, "-")
	if rest == "" || len(rest) > 64 || strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return ""
	}
	switch prefix {
	case "o", "r", "ou", "p":
		return prefix + "-"
	}
	return ""
}

// IsGivenID reports whether GiveIDs takes an id.
func IsGivenID(id string) bool { return idPrefix(id) != "" }

// orGiven is the next id that was given for things of a kind, else the one that was drawn.
func (d *Directory) orGiven(prefix, drawn string) string {
	given := d.given[prefix]
	if len(given) == 0 {
		return drawn
	}
	d.given[prefix] = given[1:]
	return given[0]
}
