package policy

import (
	"slices"
	"strings"

	"kmsplayground/engine/catalog"
)

func (c *completer) principalValues() {
	if c.Kind != ResourceControlPolicy {
		for _, name := range c.principalKinds() {
			d, _ := catalog.DescribePrincipalType(name)
			if c.in == nil || c.in.kind == 'w' {
				c.template(`{"`+name+`": …}`, d.Text, `{"`+name+`": "|"}`)
			}
		}
	}
	c.value(PrincipalKind, "*", "Everyone; a Condition has to say who is meant.")
}

// principalKinds are the types of principal that do something in the kind of policy.
func (c *completer) principalKinds() []string {
	switch c.Kind {
	case TrustPolicy:
		return []string{"AWS", "Service", "Federated"}
	case KeyPolicy:
		return []string{"AWS", "Service"}
	}
	return []string{"AWS"}
}

func (c *completer) principalTypes() {
	for _, name := range c.principalKinds() {
		if !slices.Contains(c.present(), name) {
			d, _ := catalog.DescribePrincipalType(name)
			c.keyed(ElementKind, name, d.Text, `"|"`)
		}
	}
}

// others are the values of the list around that are there already.
func (c *completer) others() []string {
	if c.container == nil || c.container.kind != '[' {
		return nil
	}
	return c.container.texts(c.in)
}

// offer offers values that the list does not have yet.
func (c *completer) offer(kind SuggestionKind, values []Named) {
	others := c.others()
	for _, v := range values {
		if !slices.Contains(others, v.Text) {
			c.value(kind, v.Text, v.About)
			others = append(others, v.Text)
		}
	}
}

func (c *completer) principalNames() {
	switch c.path[2] {
	case "AWS":
		if c.Kind != ResourceControlPolicy {
			c.offer(PrincipalKind, c.Principals)
		}
		c.offer(PrincipalKind, []Named{{"*", "Everyone; a Condition has to say who is meant."}})
	case "Service":
		c.offer(PrincipalKind, c.services())
	}
}

// services are the names of services as principals: of those that call AWS KMS, or take on roles, in their own name.
func (c *completer) services() []Named {
	var names []Named
	for _, service := range catalog.ServicePrincipals(c.regionOr("us-east-1")) {
		if callersServices[service] == "" || c.Kind != KeyPolicy {
			names = append(names, Named{Text: service})
		}
	}
	return names
}

func (s Surroundings) regionOr(other string) string {
	if s.Region != "" {
		return s.Region
	}
	return other
}

// patterns are what people write for several actions.
var patterns = []Named{
	{"kms:*", "Every action of AWS KMS."},
	{"kms:GenerateDataKey*", "Data keys and data key pairs, with and without plaintext."},
	{"kms:ReEncrypt*", "Both halves of ReEncrypt: from this key and to it."},
	{"kms:Describe*", "Every action whose name begins so."}, {"kms:Get*", "Every action whose name begins so."},
	{"kms:List*", "Every action whose name begins so."},
}

func (c *completer) actionNames() {
	switch c.Kind {
	case TrustPolicy:
		c.offer(ActionKind, describedActions([]string{
			"sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity",
		}))
		return
	case KeyPolicy:
		c.offer(ActionKind, patterns)
		c.offer(ActionKind, kmsNames(catalog.ActionInfo.OnKeyPolicy))
		return
	}
	c.offer(ActionKind, patterns)
	c.offer(ActionKind, kmsNames(func(info catalog.ActionInfo) bool { return info.Name != "kms:SynchronizeMultiRegionKey" }))
	if c.Kind != ResourceControlPolicy {
		c.offer(ActionKind, []Named{{"*", "Every action of every service."}})
	}
	var others []string
	for _, info := range catalog.OtherActions() {
		others = append(others, info.Name)
	}
	c.offer(ActionKind, describedActions(others))
	c.offer(ActionKind, describedActions(catalog.ServiceActions()))
}

func kmsNames(keep func(catalog.ActionInfo) bool) []Named {
	var names []string
	for _, info := range catalog.KMSActions() {
		if keep(info) {
			names = append(names, info.Name)
		}
	}
	return describedActions(names)
}

func describedActions(names []string) []Named {
	found := make([]Named, len(names))
	for i, name := range names {
		d, _ := catalog.DescribeAction(name)
		found[i] = Named{name, d.Text}
	}
	return found
}

func (c *completer) resourceNames() {
	if c.Kind == KeyPolicy {
		c.offer(ResourceKind, []Named{{"*", "The key to which the policy belongs."}})
		return
	}
	about := c.about()
	kms := about.kms != 0 || !about.others
	for _, r := range c.Resources {
		if isKMS := strings.Contains(r.Text, ":kms:"); isKMS && kms || !isKMS && about.others {
			c.offer(ResourceKind, []Named{r})
		}
	}
	c.offer(ResourceKind, []Named{{"*", "Everything."}})
}

// about is what the statement around is about, as far as it says.
type about struct {
	named  bool // it has actions at all
	kms    actionSet
	others bool // it is about other services too
}

func (c *completer) about() about {
	a := about{}
	add := func(names []string, not bool) {
		for _, name := range names {
			service, _, named := strings.Cut(name, ":")
			a.named = true
			a.others = a.others || not || !named || !strings.EqualFold(service, "kms")
			action, covered := newAction(Value{Text: name}), actionSet(0)
			for i, info := range catalog.KMSActions() {
				if action.Match(info.Name) {
					covered |= 1 << i
				}
			}
			if not {
				covered = allActions() &^ covered
			}
			a.kms |= covered
		}
	}
	add(c.statement.get("Action").texts(nil), false)
	add(c.statement.get("NotAction").texts(nil), true)
	if c.Kind == KeyPolicy {
		a.others = false
		a.kms &= allActions().where(onKey)
	}
	if !a.named {
		a.kms = allActions()
	}
	return a
}
