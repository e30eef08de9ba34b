package browser

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/kms"
)

// made is what only the answers of a session tell: who made a key, by key ARN, and the token of a grant, by grant id.
type made struct{ creators, tokens map[string]string }

func keyViews(w *engine.World, principals []PrincipalView, m made) []KeyView {
	views := []KeyView{}
	for _, key := range w.KMS().Keys() {
		views = append(views, KeyView{
			ARN: key.ARN, KeyId: key.ID, Account: key.Account, Region: key.Region, Label: keyLabel(w, key),
			State: string(key.State), Spec: key.Spec, Usage: key.Usage, Description: key.Description,
			Created: stamp(key.CreatedAt), DeletionDate: stamp(key.DeletionDate), Aliases: aliasNames(w, key),
			Tags: tagViews(key.Tags), Grants: grantViews(w, key.ARN, m.tokens), Policy: key.Policy.ID,
			Managers: managers(w, key, principals, m.creators[key.ARN]),
		})
	}
	return views
}

// stamp is RFC 3339, empty for no time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func grantViews(w *engine.World, keyARN string, tokens map[string]string) []GrantView {
	views := []GrantView{}
	for _, g := range w.KMS().Grants(keyARN) {
		v := GrantView{
			GrantId: g.ID, Name: g.Name, GranteePrincipal: g.GranteeARN, RetiringPrincipal: g.RetiringARN,
			GranteeService: g.GranteeService, RetiringService: g.RetiringService, SourceArn: g.SourceArn,
			IssuingAccount: g.IssuingAccount, Operations: append([]string{}, g.Operations...),
			Constraint: []TagView{}, Created: stamp(g.CreatedAt), Token: tokens[g.ID],
		}
		if w.Now().Before(g.VisibleAt) {
			v.VisibleAt = authz.Stamp(g.VisibleAt)
		}
		switch {
		case g.ConstraintEquals != nil:
			v.ConstraintType, v.Constraint = "EncryptionContextEquals", pairViews(g.ConstraintEquals)
		case g.ConstraintSubset != nil:
			v.ConstraintType, v.Constraint = "EncryptionContextSubset", pairViews(g.ConstraintSubset)
		}
		views = append(views, v)
	}
	return views
}

func pairViews(pairs map[string]string) []TagView {
	views := []TagView{}
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		views = append(views, TagView{key, pairs[key]})
	}
	return views
}

// managers are the principals who may change the policy of a key now. The creator comes first.
func managers(w *engine.World, key kms.Key, principals []PrincipalView, creator string) []string {
	refs := []string{}
	if code, _ := catalog.StateError("PutKeyPolicy", key.ARN, key.State, key.Origin); code != "" {
		return refs
	}
	for _, p := range principals {
		switch {
		case !mayPutKeyPolicy(w, key, p.Ref):
		case p.ARN == creator:
			refs = append([]string{p.Ref}, refs...)
		default:
			refs = append(refs, p.Ref)
		}
	}
	return refs
}

func mayPutKeyPolicy(w *engine.World, key kms.Key, ref string) bool {
	caller, err := w.IAM().Principal(ref, w.Options().Account)
	if err != nil {
		return false
	}
	// The text does not matter to the question.
	input, jsonErr := json.Marshal(map[string]string{"KeyId": key.ARN, "Policy": "{}"})
	if jsonErr != nil {
		panic(jsonErr)
	}
	checks, refused := w.KMS().Decide(kms.Request{
		Caller: caller, Operation: "PutKeyPolicy", Input: gjson.ParseBytes(input), Region: key.Region, Now: w.Now(),
		Environment: kms.Environment{SourceIP: defaultSourceIP}, Directory: w.IAM(),
	})
	return refused == nil && decision(checks) == allowed
}

// defaultSourceIP is where a call comes from that does not say: see engine.Environment.
const defaultSourceIP = "198.51.100.7"

// What RequestView.Decision says.
const (
	allowed = "Allowed"
	denied  = "Denied"
)

// decision sums up the checks of a call; it is empty when there were none.
func decision(checks []authz.Explanation) string {
	if len(checks) == 0 {
		return ""
	}
	for _, x := range checks {
		if x.Decision != authz.Allow {
			return denied
		}
	}
	return allowed
}
