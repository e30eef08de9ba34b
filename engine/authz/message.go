package authz

import "kmsplayground/engine/iam"

// message is AWS's text of the AccessDeniedException. The forms were seen from AWS unless a comment says otherwise.
func (e *evaluation) message(v verdict, layers []Layer) string {
	text := "User: " + e.caller.arn + " is not authorized to perform: " + e.Action
	hidden := !e.Texts.Bare && e.hidden(v)
	switch {
	case hidden && !e.Texts.Ciphertext:
		text += " on this resource"
	case e.Texts.NoResource:
	case e.Texts.Ciphertext:
		text += " on the resource associated with this ciphertext"
	case e.foreign() && !e.Texts.Bare:
		text += " on this resource"
	case e.Texts.Shown != "":
		text += " on resource: " + e.Texts.Shown
	default:
		text += " on resource: " + e.Resource
	}
	switch {
	case e.Texts.Bare:
		return text
	case hidden:
		return text + " because the resource does not exist in this Region, no resource-based policies allow access, " +
			"or a resource-based policy explicitly denies access"
	}
	if v.decision == ExplicitDeny {
		return text + " with an explicit deny in " + article(v.layer) + string(v.layer) + denyingARN(find(layers, v.layer))
	}
	return text + " because no " + string(v.layer) + " allows the " + e.Action + " action"
}

// foreign reports whether the resource belongs to another account than the caller's; then no text names it.
func (e *evaluation) foreign() bool { return e.caller.Kind != iam.Service && !e.sameAccount() }

// hidden reports whether the denial must not reveal that the key exists: a key of another account that shares nothing
// with the caller, or denies it.
func (e *evaluation) hidden(v verdict) bool {
	return e.foreign() && (v.decision == ExplicitDeny && v.layer == KeyPolicy || v.decision == ImplicitDeny && !v.open)
}

func article(t LayerType) string {
	if t == IdentityPolicy {
		return "an "
	}
	return "a "
}

// denyingARN names the policy that denied where it has an ARN (recorded for resource control policies, and documented
// for all managed policies); inline policies are not named.
func denyingARN(l *Layer) string {
	for i := range l.Policies {
		for j := range l.Policies[i].Statements {
			if s := &l.Policies[i].Statements[j]; s.Applies && s.Effect == "Deny" && l.Type != KeyPolicy && l.Policies[i].ARN != "" {
				return ": " + l.Policies[i].ARN
			}
		}
	}
	return ""
}
