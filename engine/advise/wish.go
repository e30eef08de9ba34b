package advise

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
)

// conditions makes the request or the world carry what conditions ask for: every condition of an Allow that fails for
// them alone, one condition of a Deny that applies.
func (s *mover) conditions() {
	for _, l := range s.d.x.Layers {
		for _, p := range l.Policies {
			for _, r := range p.Statements {
				switch {
				case r.Effect == "Allow" && !r.Applies && r.Principal.Matches && r.Action.Matches && r.Resource.Matches:
					s.satisfy(r.Conditions)
				case r.Effect == "Deny" && r.Applies:
					for _, c := range r.Conditions {
						s.wish([]wanted{{c, false}})
					}
				}
			}
		}
	}
}

func (s *mover) satisfy(conditions []authz.ConditionResult) {
	all := []wanted{}
	for _, c := range conditions {
		if !c.Matches {
			all = append(all, wanted{c, true})
		}
	}
	s.wish(all)
}

// wanted is a condition that is to hold, or not to.
type wanted struct {
	condition authz.ConditionResult
	hold      bool
}

// wish makes one move of all that is wanted.
func (s *mover) wish(all []wanted) {
	m := move{}
	c := s.call
	words, changed := []string{}, false
	for _, w := range all {
		one := s.carry(&c, w)
		if one.words == "" {
			return
		}
		words = append(words, one.words)
		m.calls = append(m.calls, one.calls...)
		changed = changed || one.request != nil
	}
	if changed {
		m.request = &c
	}
	if m.words = strings.Join(words, " and "); m.words != "" {
		s.moves = append(s.moves, m)
	}
}

// carry makes a condition hold or fail, by what the request c carries or by a call; no words when there is no way.
func (s *mover) carry(c *engine.Call, w wanted) move {
	operator := strings.TrimSuffix(w.condition.Operator, "IfExists")
	value, present := "", w.hold != strings.Contains(operator, "Not")
	if len(w.condition.Wanted) > 0 {
		value = sample(w.condition.Wanted[0])
	}
	if operator == "Null" {
		present = (value == "false") == w.hold
		value = "playground"
	}
	key := w.condition.Key
	lower := strings.ToLower(key)
	_, name, _ := strings.Cut(key, "/")
	switch {
	case strings.HasPrefix(lower, "kms:encryptioncontext:"):
		return s.carryContext(c, key[len("kms:EncryptionContext:"):], value, present)
	case strings.HasPrefix(lower, "aws:resourcetag/"):
		return s.carryTag(name, value, present)
	case strings.HasPrefix(lower, "aws:principaltag/"):
		return s.carryPrincipalTag(name, value, present)
	case lower == "kms:resourcealiases":
		return s.carryAlias(value, present)
	case lower == "kms:requestalias":
		return s.carryRequestAlias(c, value, present)
	}
	return s.carryEnvironment(c, lower, value, present)
}

// sample is a value that a pattern matches; of a range of addresses the first.
func sample(pattern string) string {
	if address, _, ok := strings.Cut(pattern, "/"); ok && strings.Count(address, ".") == 3 && !strings.ContainsAny(address, "*?:") {
		return address
	}
	return strings.NewReplacer("*", "x", "?", "x").Replace(pattern)
}

func (s *mover) carryContext(c *engine.Call, key, value string, present bool) move {
	if s.d.beneath {
		return move{}
	}
	context := map[string]string{}
	gjson.GetBytes(c.Input, s.d.contextParameter()).ForEach(func(k, v gjson.Result) bool {
		context[k.Str] = v.Str
		return true
	})
	words := "send it without " + key + " in the encryption context"
	if delete(context, key); present {
		context[key] = value
		words = "send it with the encryption context " + pairs(context)
	}
	c.Input = with(c.Input, s.d.contextParameter(), context)
	return move{words: words, request: c}
}

// with is an input with another value of one parameter; without it for an empty one.
func with(input json.RawMessage, name string, value any) json.RawMessage {
	all := map[string]any{}
	if err := json.Unmarshal(input, &all); err != nil {
		return input
	}
	all[name] = value
	if m, ok := value.(map[string]string); ok && len(m) == 0 {
		delete(all, name)
	}
	return encode(all)
}

func (s *mover) carryTag(key, value string, present bool) move {
	target := s.d.key(s.w)
	if target == "" {
		return move{}
	}
	if present {
		return called("tag "+s.resource()+" with "+key+"="+value,
			onKey(s.w, target, "TagResource", map[string]any{"Tags": []map[string]string{{"TagKey": key, "TagValue": value}}}))
	}
	return called("take the tag "+key+" off "+s.resource(), onKey(s.w, target, "UntagResource", map[string]any{"TagKeys": []string{key}}))
}

func called(words string, calls []engine.Call) move {
	if len(calls) == 0 {
		return move{}
	}
	return move{words: words, calls: calls}
}

func (s *mover) carryPrincipalTag(key, value string, present bool) move {
	c := s.d.caller
	kind := "User"
	if c.Kind == iam.AssumedRole {
		kind = "Role"
	}
	if c.Kind != iam.User && c.Kind != iam.AssumedRole {
		return move{}
	}
	if present {
		return called("tag "+strings.ToLower(kind)+"/"+c.Name+" with "+key+"="+value, []engine.Call{root(c.Account, "iam", "Tag"+kind,
			map[string]any{kind + "Name": c.Name, "Tags": []map[string]string{{"Key": key, "Value": value}}})})
	}
	return called("take the tag "+key+" off "+strings.ToLower(kind)+"/"+c.Name, []engine.Call{root(c.Account, "iam", "Untag"+kind,
		map[string]any{kind + "Name": c.Name, "TagKeys": []string{key}})})
}

func (s *mover) carryAlias(name string, present bool) move {
	key, ok := s.w.KMS().Key(s.d.key(s.w))
	if !ok || !strings.HasPrefix(name, "alias/") {
		return move{}
	}
	if present {
		return called("give "+s.resource()+" the alias "+name, onKey(s.w, key.ARN, "CreateAlias", map[string]any{"AliasName": name}))
	}
	calls := []engine.Call{}
	for _, alias := range key.Aliases {
		if alias == name {
			calls = append(calls, engine.Call{As: key.Account + ":root", Service: "kms", Operation: "DeleteAlias", Region: key.Region, Input: encode(map[string]any{"AliasName": alias})})
		}
	}
	return called("take the alias "+name+" off", calls)
}

// carryRequestAlias names the key by the alias, which it gets if it has not got it, or by its ARN.
func (s *mover) carryRequestAlias(c *engine.Call, name string, present bool) move {
	key, ok := s.w.KMS().Key(s.d.key(s.w))
	if !ok || s.d.beneath {
		return move{}
	}
	parameter := "KeyId"
	switch s.d.x.Action {
	case "kms:ReEncryptFrom":
		parameter = "SourceKeyId"
	case "kms:ReEncryptTo":
		parameter = "DestinationKeyId"
	}
	if !present {
		c.Input = with(c.Input, parameter, key.ARN)
		return move{words: "send it with the ARN of the key", request: c}
	}
	m := move{words: "send it with " + name + " as the key", request: c}
	if !slices.Contains(key.Aliases, name) {
		m.calls = onKey(s.w, key.ARN, "CreateAlias", map[string]any{"AliasName": name})
		m.words = "give the key the alias " + name + " and " + m.words
		if m.calls == nil {
			return move{}
		}
	}
	c.Input = with(c.Input, parameter, "arn:aws:kms:"+key.Region+":"+key.Account+":"+name)
	return m
}

// carryEnvironment makes the request come another way.
func (s *mover) carryEnvironment(c *engine.Call, key, value string, present bool) move {
	if s.d.beneath {
		return move{}
	}
	at := map[string]*string{"aws:sourceip": &c.Environment.SourceIP, "aws:sourcevpce": &c.Environment.VPCEndpoint, "kms:viaservice": &c.Environment.ViaService}[key]
	words := map[string]string{"aws:sourceip": "from the address ", "aws:sourcevpce": "through the VPC endpoint ", "kms:viaservice": "through the service "}[key]
	if at == nil {
		return move{}
	}
	if *at = ""; present {
		if *at = value; key == "kms:viaservice" {
			*at, _, _ = strings.Cut(value, ".")
		}
		return move{words: "send it " + words + *at, request: c}
	}
	if key == "aws:sourceip" {
		*at = "192.0.2.1" // a range for documentation
		return move{words: "send it " + words + *at, request: c}
	}
	return move{words: "send it not " + strings.TrimSpace(words), request: c}
}

// grantContexts makes the request carry the encryption context that a grant to the caller is limited to.
func (s *mover) grantContexts() {
	if s.d.beneath {
		return
	}
	for _, g := range s.w.KMS().Grants(s.d.x.Resource) {
		named := g.GranteeID == s.d.caller.ID || strings.HasPrefix(s.d.caller.ID, g.GranteeID+":")
		if !named || g.ConstraintEquals == nil && g.ConstraintSubset == nil {
			continue
		}
		context := map[string]string{}
		if g.ConstraintEquals == nil {
			context = s.d.encryptionContext()
		}
		for k, v := range g.ConstraintEquals {
			context[k] = v
		}
		for k, v := range g.ConstraintSubset {
			context[k] = v
		}
		c := s.call
		c.Input = with(c.Input, s.d.contextParameter(), context)
		s.send("send it with the encryption context "+pairs(context)+", which a grant asks for", c)
	}
}

// elsewhere sends the request another way than through what limits it: not through the VPC endpoint, or in a session of
// the role without a session policy.
func (s *mover) elsewhere() {
	c := s.call
	if v := s.d.layer(authz.VPCEndpointPolicy).Verdict; v == authz.Denied || v == authz.NoAllow {
		c.Environment.VPCEndpoint = ""
		s.send("send it not through the VPC endpoint", c)
	}
	if p := s.d.caller; p.Kind == iam.AssumedRole && p.HasSessionPolicy && !s.d.beneath {
		c.Credentials, c.As = engine.Credentials{}, p.Account+":role/"+p.Name+"/without-session-policy"
		s.send("send it in a session of role/"+p.Name+" without a session policy", c)
	}
	if s.d.layer(authz.PermissionsBoundary).Verdict == authz.Denied {
		s.unbound()
	}
}

// somebody sends the request as another principal that may.
func (s *mover) somebody() {
	may := []Person{}
	if s.d.call.Service == "kms" {
		may = whoMay(s.w, s.call)
	}
	names := []string{}
	var as Person
	for _, p := range may {
		if p.Principal.ARN == s.d.caller.ARN || p.Principal.Kind == iam.Root && len(names) > 0 {
			continue
		}
		if len(names) == 0 {
			as = p
		}
		names = append(names, label(p.Principal))
	}
	if len(names) == 0 {
		return
	}
	words := "send it as " + names[0]
	if len(names) > 1 {
		words += " (" + strings.Join(names[1:min(len(names), 4)], ", ") + " may too)"
	}
	c := s.call
	c.Credentials, c.As = engine.Credentials{}, as.Ref
	s.send(words, c)
}

func jsonText(text json.RawMessage, path string) string { return gjson.GetBytes(text, path).Str }
