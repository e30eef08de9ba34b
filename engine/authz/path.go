package authz

import "kmsplayground/engine/iam"

// path is one way to an allow: every layer on it must allow. They are in the order in which AWS's messages name the
// one that is missing.
type path struct {
	layers []LayerType
	// relation is the one of the key policy statements that open the path; empty for other paths.
	relation Relation
	// grant is the index of the grant that opens the path, -1 for none.
	grant int
}

var (
	direct           = []LayerType{KeyPolicy}
	directRole       = []LayerType{KeyPolicy, PermissionsBoundary, SessionPolicy}
	delegated        = []LayerType{KeyPolicy, IdentityPolicy, PermissionsBoundary, SessionPolicy}
	identityOnly     = []LayerType{IdentityPolicy, PermissionsBoundary, SessionPolicy}
	granted          = []LayerType{Grants}
	grantedRole      = []LayerType{Grants, PermissionsBoundary, SessionPolicy}
	grantedAway      = []LayerType{Grants, IdentityPolicy, PermissionsBoundary, SessionPolicy}
	grantedAwayRole  = []LayerType{Grants, PermissionsBoundary, SessionPolicy, IdentityPolicy}
	noLayers         = []LayerType{}
	limitedRelations = [...]Relation{Role, FederatingUser}
)

// paths lists the ways that are open to this caller, those through grants first: where two paths fail equally far
// along, AWS names the layer that the grant's path lacks (recorded).
//
// named is how Allow statements of the key policy name the caller, allows which grants allow the call.
func (e *evaluation) paths(named relations, allows []bool) []path {
	if e.KeyPolicy == nil { // account-level operations, and the alias half of alias operations
		switch e.caller.Kind {
		case iam.Root:
			return []path{{layers: noLayers, grant: -1}}
		case iam.Service: // a service calls KMS about keys only; no account's IAM policies are its own
			return nil
		}
		return []path{{layers: identityOnly, grant: -1}}
	}
	if !e.sameAccount() && e.caller.Kind != iam.Service && !e.CrossAccount {
		return nil
	}
	return append(e.grantPaths(allows), e.keyPolicyPaths(named)...)
}

func (e *evaluation) keyPolicyPaths(named relations) []path {
	var paths []path
	add := func(r Relation, layers []LayerType) {
		if named.has(r) {
			if !e.sameAccount() && e.caller.Kind != iam.Service {
				layers = delegated // another account's key policy never suffices alone
			}
			paths = append(paths, path{layers: layers, relation: r, grant: -1})
		}
	}
	add(Self, direct)
	add(Everyone, direct)
	for _, r := range limitedRelations {
		add(r, directRole)
	}
	if e.caller.Kind == iam.Root {
		add(Account, direct)
	} else {
		add(Account, delegated)
	}
	return paths
}

// grantPaths lists the grants that allow this call. A grant to a session, user or federated user is not limited by
// boundary and session policy, a grant to a role is; a grant that the key's account issued to another account
// replaces the key policy and not the caller's own IAM policies (all recorded). A grant to an account is as an account
// in a key policy: it lets the IAM policies of that account count (inferred; AWS says only that accounts can be grantees).
func (e *evaluation) grantPaths(allows []bool) []path {
	var paths []path
	for i, g := range e.Grants {
		if !allows[i] {
			continue
		}
		toRole := e.caller.Kind == iam.AssumedRole && g.GranteeID == e.caller.issuerID
		away := !e.sameAccount() && e.caller.Kind != iam.Service && g.IssuingAccount != e.caller.Account
		p := path{layers: granted, grant: i}
		switch {
		case e.toAccount(g):
			p.layers = grantedAway
		case away && toRole:
			p.layers = grantedAwayRole
		case away:
			p.layers = grantedAway
		case toRole:
			p.layers = grantedRole
		}
		paths = append(paths, p)
	}
	return paths
}

// toAccount reports whether a grant names the caller's whole account as its grantee.
func (e *evaluation) toAccount(g *Grant) bool {
	return e.caller.Account != "" && g.GranteeID == e.caller.Account
}

// verdict is what was concluded, and from what.
type verdict struct {
	decision Decision
	// path is the one that allows, or the one that got furthest; its layers are empty when there was none.
	path path
	// layer that denied, or the first one missing on path; empty when allowed.
	layer LayerType
	// open is false when no path was open at all: neither the key policy nor a grant gives anything.
	open bool
}

// precedence is the order in which a message names one of several explicit denies; it is ours, after the order of
// evaluation that the IAM guide draws.
var precedence = [...]LayerType{ResourceControlPolicy, ServiceControlPolicy, VPCEndpointPolicy, KeyPolicy, IdentityPolicy, PermissionsBoundary, SessionPolicy}

// conclude reads the decision off the layers.
func conclude(layers []Layer, paths []path) verdict {
	for _, t := range precedence {
		if l := find(layers, t); l != nil && l.Verdict == Denied {
			return verdict{decision: ExplicitDeny, layer: t, open: len(paths) > 0, path: path{grant: -1}}
		}
	}
	for _, t := range guards {
		if l := find(layers, t); l != nil && l.Verdict == NoAllow {
			return verdict{layer: t, open: true, path: path{grant: -1, layers: []LayerType{t}}}
		}
	}
	best, furthest := verdict{path: path{grant: -1}, layer: KeyPolicy}, -1
	if find(layers, KeyPolicy) == nil {
		best.layer = IdentityPolicy
	}
	for _, p := range paths {
		passed := 0
		for passed < len(p.layers) && passes(find(layers, p.layers[passed])) {
			passed++
		}
		if passed == len(p.layers) {
			return verdict{decision: Allow, path: p, open: true}
		}
		if passed > furthest {
			best, furthest = verdict{path: p, layer: p.layers[passed], open: true}, passed
		}
	}
	return best
}

func passes(l *Layer) bool {
	return l.Verdict == Allowed || l.Verdict == Delegates || l.Verdict == NotPresent
}

func find(layers []Layer, t LayerType) *Layer {
	for i := range layers {
		if layers[i].Type == t {
			return &layers[i]
		}
	}
	return nil
}
