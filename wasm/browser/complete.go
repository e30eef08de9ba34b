package browser

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/advise"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/policy"
	"kmsplayground/engine/scenario"
)

// complete says what can stand at a place of a text that is being typed.
func (d *Door) complete(r Request) Reply {
	if !isPolicyKind(policy.Kind(r.Kind)) {
		return failure("there is no kind of policy %q", r.Kind)
	}
	found := policy.Complete(r.Text, r.Offset, d.surroundings(r))
	return Reply{Completion: &found}
}

// explain says what the name at a place of a text means.
func (d *Door) explain(r Request) Reply {
	if !isPolicyKind(policy.Kind(r.Kind)) {
		return failure("there is no kind of policy %q", r.Kind)
	}
	help, ok := policy.HelpAt(r.Text, r.Offset, d.surroundings(r))
	if !ok {
		return Reply{}
	}
	return Reply{Help: &help}
}

// earlierText is the text that a policy had when the document was opened, or before it was last changed.
func (d *Door) earlierText(r Request) Reply {
	now, _ := policyText(d.session.World(), r.Policy)
	w := d.session.Opened().World()
	if r.Baseline == LastChange {
		w = d.session.Earlier(func(w *engine.World) bool {
			text, ok := policyText(w, r.Policy)
			return ok && text != now
		})
	}
	if w == nil {
		return Reply{}
	}
	text, ok := policyText(w, r.Policy)
	return Reply{Text: text, Applied: ok}
}

func policyText(w *engine.World, id string) (text string, ok bool) {
	eachPolicy(w, func(p iam.Policy, _, _ string, _ bool) {
		if p.ID == id && !ok {
			text, ok = p.Document.Text.String(), true
		}
	})
	return text, ok
}

// surroundings are what the policy that a request names can name itself.
func (d *Door) surroundings(r Request) policy.Surroundings {
	w := d.session.World()
	s := policy.Surroundings{
		Kind: policy.Kind(r.Kind), Options: scenario.CheckOptions(r.Policy), Principals: principalNames(w), Resources: resourceNames(w),
		Values: map[string][]policy.Named{},
	}
	if s.Region == "" {
		s.Region = w.Options().Region
	}
	v := values{s.Values}
	v.people(w)
	v.keys(w)
	v.contexts(d.session)
	v.organizations(w)
	for _, e := range w.Endpoints() {
		v.add("aws:sourcevpce", e.ID, "VPC endpoint of "+e.VPC+".")
		v.add("aws:sourcevpc", e.VPC, "")
	}
	return s
}

func principalNames(w *engine.World) []policy.Named {
	names := []policy.Named{}
	for _, account := range advise.Accounts(w) {
		names = append(names, policy.Named{Text: "arn:aws:iam::" + account + ":root", About: "The account; its IAM policies count."})
		for _, u := range w.IAM().Users(account) {
			names = append(names, policy.Named{Text: u.Arn, About: "The user " + u.UserName + "."})
		}
		for _, r := range w.IAM().Roles(account) {
			names = append(names, policy.Named{Text: r.Arn, About: "Every session of the role " + r.RoleName + "."})
		}
	}
	for _, p := range advise.People(w) {
		if k := p.Principal.Kind; k == iam.AssumedRole || k == iam.FederatedUser {
			names = append(names, policy.Named{Text: p.Principal.ARN.String(), About: "This session alone."})
		}
	}
	return names
}

func resourceNames(w *engine.World) []policy.Named {
	names := []policy.Named{}
	patterns := []policy.Named{}
	for _, key := range w.KMS().Keys() {
		about := "Key " + keyLabel(w, key) + ": " + key.Spec + ", " + string(key.State) + "."
		names = append(names, policy.Named{Text: key.ARN, About: about})
		a, _ := arn.Parse(key.ARN)
		home := "arn:" + a.Partition + ":kms:" + key.Region + ":" + key.Account
		for _, alias := range key.Aliases {
			patterns = append(patterns, policy.Named{Text: home + ":" + alias, About: "The alias itself, for the actions on aliases; not its key."})
		}
		if every := (policy.Named{Text: home + ":key/*", About: "Every key of account " + key.Account + " in " + key.Region + "."}); !slices.Contains(patterns, every) {
			patterns = append(patterns, every)
		}
	}
	names = append(names, patterns...)
	for _, account := range advise.Accounts(w) {
		for _, r := range w.IAM().Roles(account) {
			names = append(names, policy.Named{Text: r.Arn, About: "The role " + r.RoleName + "."})
		}
		for _, u := range w.IAM().Users(account) {
			names = append(names, policy.Named{Text: u.Arn, About: "The user " + u.UserName + "."})
		}
	}
	return names
}

// values collects policy.Surroundings.Values.
type values struct{ byKey map[string][]policy.Named }

func (v values) add(key, text, about string) {
	if text == "" || slices.ContainsFunc(v.byKey[key], func(n policy.Named) bool { return n.Text == text }) {
		return
	}
	v.byKey[key] = append(v.byKey[key], policy.Named{Text: text, About: about})
}

func (v values) addTo(keys []string, text, about string) {
	for _, key := range keys {
		v.add(key, text, about)
	}
}

func (v values) tags(family string, tags []iam.Tag) {
	for _, t := range tags {
		v.add(family+"*", t.Key, "")
		v.add(family+strings.ToLower(t.Key), t.Value, "")
		v.add("aws:tagkeys", t.Key, "")
	}
}

func (v values) people(w *engine.World) {
	for _, account := range advise.Accounts(w) {
		v.addTo([]string{"kms:calleraccount", "aws:principalaccount", "aws:sourceaccount", "aws:resourceaccount"}, account, "")
	}
	for _, p := range advise.People(w) {
		v.addTo([]string{"aws:principalarn", "kms:granteeprincipal", "kms:retiringprincipal"}, p.Principal.Issuer.String(), "")
		v.add("aws:userid", p.Principal.ID, "Of "+principalLabel(w, p.Principal.ARN)+".")
		v.add("aws:sourceidentity", p.Principal.SourceIdentity, "")
		v.add("sts:rolesessionname", p.Principal.SessionName, "")
		if p.Principal.Kind == iam.User {
			v.add("aws:username", p.Principal.Name, "")
		}
		v.tags("aws:principaltag/", p.Principal.Tags)
	}
	v.addTo([]string{"aws:currenttime", "aws:tokenissuetime", "kms:validto"}, authz.Stamp(w.Now()), "Now, on the simulated clock.")
}

func (v values) keys(w *engine.World) {
	for _, key := range w.KMS().Keys() {
		for _, alias := range key.Aliases {
			v.addTo([]string{"kms:requestalias", "kms:resourcealiases"}, alias, "")
		}
		v.tags("aws:resourcetag/", key.Tags)
		v.tags("aws:requesttag/", key.Tags)
		for _, g := range w.KMS().Grants(key.ARN) {
			v.pairs(g.ConstraintEquals)
			v.pairs(g.ConstraintSubset)
		}
	}
}

// pairs are of an encryption context.
func (v values) pairs(context map[string]string) {
	for _, t := range pairViews(context) {
		v.add("kms:encryptioncontext:*", t.Key, "")
		v.add("kms:encryptioncontext:"+strings.ToLower(t.Key), t.Value, "")
		v.add("kms:encryptioncontextkeys", t.Key, "")
	}
}

// contexts are what the requests of the session brought along.
func (v values) contexts(s *scenario.Session) {
	for _, r := range s.Calls() {
		v.add("aws:sourceip", r.Call.Environment.SourceIP, "A request of this session came from here.")
		for _, name := range []string{"EncryptionContext", "SourceEncryptionContext", "DestinationEncryptionContext"} {
			context := map[string]string{}
			gjson.GetBytes(r.Call.Input, name).ForEach(func(key, value gjson.Result) bool {
				context[key.Str] = value.Str
				return true
			})
			v.pairs(context)
		}
	}
	v.add("aws:sourceip", defaultSourceIP, "Where requests come from here unless they say otherwise.")
}

func (v values) organizations(w *engine.World) {
	for _, account := range advise.Accounts(w) {
		o, ok := w.IAM().OrganizationOf(account)
		if !ok {
			continue
		}
		for _, whose := range []string{"principal", "resource", "source"} {
			v.add("aws:"+whose+"orgid", o.ID, "")
			for _, path := range o.Paths {
				v.add("aws:"+whose+"orgpaths", path, "Account "+account+".")
			}
		}
	}
}
