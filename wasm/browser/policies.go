package browser

import (
	"slices"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/advise"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/source"
)

// policyViews returns what the editor can show: the key policies, then what users, groups and roles carry, then
// managed policies, those of VPC endpoints, the organization's policies and session policies. drafts are texts that AWS
// refused.
func policyViews(w *engine.World, d drafts) []PolicyView {
	views := []PolicyView{}
	add := func(p iam.Policy, owner, title string, readOnly bool) {
		if slices.ContainsFunc(views, func(v PolicyView) bool { return v.ID == p.ID }) {
			return // an AWS managed policy that two accounts use
		}
		v := PolicyView{
			ID: p.ID, Title: title, Kind: string(p.Kind), Owner: owner, Text: p.Document.Text.String(), ReadOnly: readOnly,
		}
		if text, refused := d.of(p.ID); refused && text != v.Text { // else what was refused then is in force now
			v.Draft, v.Refused = text, true
		}
		shown := v.Text
		if v.Refused {
			shown = v.Draft
		}
		if v.Diagnostics = []source.Diagnostic{}; !readOnly || p.Kind == policy.SessionPolicy { // AWS's own cannot be edited
			v.Diagnostics = diagnostics(p.Kind, p.ID, shown)
		}
		views = append(views, v)
	}
	eachPolicy(w, add)
	return views
}

// eachPolicy visits the policies of a world in the order in which the page lists them, some of AWS's twice.
func eachPolicy(w *engine.World, add func(p iam.Policy, owner, title string, readOnly bool)) {
	for _, key := range w.KMS().Keys() {
		add(*key.Policy, key.ARN, "Key policy "+keyLabel(w, key), key.Manager == "AWS")
		if earlier, until := w.KMS().EarlierKeyPolicy(key.ARN, w.Now()); earlier != nil {
			add(*earlier, key.ARN, "Key policy "+keyLabel(w, key)+", in force until "+authz.Moment(until, w.Now()), true)
		}
	}
	for _, account := range advise.Accounts(w) {
		addIdentities(w, account, add)
	}
	for _, account := range advise.Accounts(w) {
		for _, p := range w.IAM().Policies(account) {
			if byAWS(p.ARN) {
				add(p.Policy, "", p.Name+" (AWS managed)", true)
			} else if p.PermissionsBoundaryUsageCount > 0 && p.AttachmentCount == 0 {
				p.Kind = policy.PermissionsBoundary
				add(p.Policy, "", p.Name+" (permissions boundary"+of(w, account)+")", false)
			} else {
				add(p.Policy, "", p.Name+" (managed policy"+of(w, account)+")", false)
			}
		}
	}
	for _, e := range w.Endpoints() {
		add(*e.Policy, "", "VPC endpoint "+e.ID+of(w, e.Account), false)
	}
	for _, account := range advise.Accounts(w) {
		for _, p := range w.IAM().OrganizationPolicies(account) {
			title := p.Name + " (" + string(p.Kind) + of(w, p.ManagementAccount) + ")"
			if p.AwsManaged {
				title = p.Name + " (AWS managed)"
			}
			add(p.Policy, "", title, p.AwsManaged)
		}
	}
	for _, account := range advise.Accounts(w) {
		for _, s := range w.IAM().Sessions(account) {
			for _, p := range s.Principal.Session {
				add(p, s.Principal.ARN.String(), principalLabel(w, s.Principal.ARN)+": session policy", true)
			}
		}
	}
}

// addIdentities adds the inline policies of an account's users, groups and roles, and the roles' trust policies.
func addIdentities(w *engine.World, account string, add func(p iam.Policy, owner, title string, readOnly bool)) {
	for _, u := range w.IAM().Users(account) {
		for _, p := range u.UserPolicyList {
			add(p, u.Arn, u.UserName+of(w, account)+": "+p.Name, false)
		}
	}
	for _, g := range w.IAM().Groups(account) {
		for _, p := range g.GroupPolicyList {
			add(p, g.Arn, "group "+g.GroupName+of(w, account)+": "+p.Name, false)
		}
	}
	for _, r := range w.IAM().Roles(account) {
		for _, p := range r.RolePolicyList {
			add(p, r.Arn, "role "+r.RoleName+of(w, account)+": "+p.Name, false)
		}
		add(r.AssumeRolePolicyDocument, r.Arn, "role "+r.RoleName+of(w, account)+": trust policy", false)
	}
}

// of names an account that is not the world's own.
func of(w *engine.World, account string) string {
	if account == w.Options().Account {
		return ""
	}
	return " of " + account
}

func byAWS(arn string) bool { return strings.HasPrefix(arn, "arn:aws:iam::aws:policy/") }

func isPolicyKind(k policy.Kind) bool {
	return slices.Contains([]policy.Kind{
		policy.KeyPolicy, policy.IdentityPolicy, policy.PermissionsBoundary, policy.SessionPolicy, policy.TrustPolicy,
		policy.ServiceControlPolicy, policy.ResourceControlPolicy, policy.VPCEndpointPolicy,
	}, k)
}
