package advise

import (
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
)

// denying is a policy with the Deny statements in it that applied.
type denying struct {
	layer   authz.LayerType
	id      string
	name    string
	level   string
	indexes []int
	sids    []string
}

func (s *mover) denying() []denying {
	found := []denying{}
	for _, l := range s.d.x.Layers {
		for _, p := range l.Policies {
			one := denying{layer: l.Type, id: p.ID, name: p.Name, level: p.Level}
			for _, r := range p.Statements {
				if r.Applies && r.Effect == "Deny" {
					one.indexes = append(one.indexes, r.Index)
					one.sids = append(one.sids, r.Sid)
				}
			}
			if len(one.indexes) > 0 && !containsPolicy(found, p.ID) {
				found = append(found, one)
			}
		}
	}
	return found
}

func containsPolicy(list []denying, id string) bool {
	for _, d := range list {
		if d.id == id {
			return true
		}
	}
	return false
}

// denies changes every policy that denies at once: a Deny that is left decides alone.
func (s *mover) denies() {
	all := s.denying()
	words := []string{}
	for _, d := range all {
		words = append(words, s.place(d))
	}
	where := strings.Join(words, " and ")
	if s.d.caller.Kind != iam.Service {
		s.add("let the Deny in "+where+" leave out "+label(s.d.caller), s.each(all, s.exempt)...)
	}
	s.add("take the Deny out of "+where, s.each(all, s.without)...)
}

// place names a policy and its statements.
func (s *mover) place(d denying) string {
	name := "the " + string(d.layer) + " " + d.name
	switch d.layer {
	case authz.KeyPolicy:
		name = "the policy of " + s.resource()
	case authz.VPCEndpointPolicy:
		name = "the " + d.name
	}
	if sids := strings.Trim(strings.Join(d.sids, ", "), ", "); sids != "" {
		name += " (" + sids + ")"
	}
	return name
}

// each are the calls for all policies, nil when one of them cannot be changed so.
func (s *mover) each(all []denying, change func(denying) []engine.Call) []engine.Call {
	calls := []engine.Call{}
	for _, d := range all {
		one := change(d)
		if one == nil {
			return nil
		}
		calls = append(calls, one...)
	}
	return calls
}

func (s *mover) exempt(d denying) []engine.Call {
	doc := document(s.w, s.d, d.id)
	if doc == nil {
		return nil
	}
	text, ok := exempting(doc, d.indexes, s.d.caller.Issuer.String())
	if !ok {
		return nil
	}
	return put(s.w, d.id, text)
}

// without takes the statements out, or the whole policy away when nothing would be left of it.
func (s *mover) without(d denying) []engine.Call {
	doc := document(s.w, s.d, d.id)
	if doc == nil {
		return nil
	}
	if text, ok := withoutStatements(doc, d.indexes); ok {
		return put(s.w, d.id, text)
	}
	part := strings.SplitN(d.id, "/", 5)
	switch {
	case d.layer == authz.ServiceControlPolicy || d.layer == authz.ResourceControlPolicy:
		return s.detachControl(d)
	case len(part) == 5 && part[3] == "inline":
		kind := strings.ToUpper(part[1][:1]) + part[1][1:]
		return []engine.Call{root(part[0], "iam", "Delete"+kind+"Policy", map[string]any{kind + "Name": part[2], "PolicyName": part[4]})}
	case d.layer == authz.VPCEndpointPolicy:
		account, endpoint, _ := strings.Cut(d.id, "/vpc-endpoint/")
		return []engine.Call{root(account, "ec2", "ModifyVpcEndpoint", map[string]any{"VpcEndpointId": endpoint, "ResetPolicy": true})}
	case d.layer == authz.IdentityPolicy:
		return s.detach(d.id)
	}
	return nil
}

// detachControl takes a control policy off every level above the account that it denied.
func (s *mover) detachControl(d denying) []engine.Call {
	calls := []engine.Call{}
	account := s.d.caller.Account
	if d.layer == authz.ResourceControlPolicy {
		account = s.d.owner()
	}
	organization, _ := s.w.IAM().OrganizationOf(account)
	for _, p := range s.w.IAM().OrganizationPolicies(account) {
		if p.ID != d.id {
			continue
		}
		for _, t := range p.Targets {
			calls = append(calls, root(organization.ManagementAccount, "organizations", "DetachPolicy", map[string]any{"PolicyId": p.PolicyId, "TargetId": t.TargetId}))
		}
	}
	return calls
}

// detach takes a managed policy off the caller and off its groups.
func (s *mover) detach(arn string) []engine.Call {
	c := s.d.caller
	if c.Kind == iam.AssumedRole {
		return []engine.Call{root(c.Account, "iam", "DetachRolePolicy", map[string]any{"RoleName": c.Name, "PolicyArn": arn})}
	}
	calls := []engine.Call{}
	for _, u := range s.w.IAM().Users(c.Account) {
		if u.UserName != c.Name {
			continue
		}
		for _, p := range u.AttachedManagedPolicies {
			if p.PolicyArn == arn {
				calls = append(calls, root(c.Account, "iam", "DetachUserPolicy", map[string]any{"UserName": c.Name, "PolicyArn": arn}))
			}
		}
		for _, group := range u.GroupList {
			calls = append(calls, s.detachGroup(group, arn)...)
		}
	}
	return calls
}

func (s *mover) detachGroup(name, arn string) []engine.Call {
	for _, g := range s.w.IAM().Groups(s.d.caller.Account) {
		for _, p := range g.AttachedManagedPolicies {
			if g.GroupName == name && p.PolicyArn == arn {
				return []engine.Call{root(s.d.caller.Account, "iam", "DetachGroupPolicy", map[string]any{"GroupName": name, "PolicyArn": arn})}
			}
		}
	}
	return nil
}
