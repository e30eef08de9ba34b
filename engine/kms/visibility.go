package kms

import (
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/iam"
)

// In an eventually consistent service a change is made, listed and described at once, and reaches authorization a while
// later. Nothing waits for that moment: what authorization sees follows from the time of the question. AWS says of
// grants and of KMS in general that it usually takes seconds and at most minutes, of tags and aliases up to five.
// https://docs.aws.amazon.com/kms/latest/developerguide/programming-eventual-consistency.html, read 2026-08.
// That key policies take as long as grants, and the distribution of the delays, are ours.

// maxDelay is how long a change takes at most.
const maxDelay = 5 * time.Minute

// lag is the distribution of a kind of change's delays: most are between low and high, one in eight is between high and
// maxDelay. Delays are whole seconds.
type lag struct{ low, high time.Duration }

var (
	grantLag  = lag{2 * time.Second, 15 * time.Second}
	policyLag = lag{2 * time.Second, 15 * time.Second}
	tagLag    = lag{20 * time.Second, 3 * time.Minute} // and aliases
)

func (l lag) delay(chance []byte) time.Duration {
	low, high := l.low, l.high
	if chance[0]%8 == 0 {
		low, high = l.high, maxDelay
	}
	seconds := uint64((high-low)/time.Second) + 1
	return low + time.Duration(binary.BigEndian.Uint64(chance[1:])%seconds)*time.Second
}

// visibleAt draws when authorization sees a change of a key that is made now: the zero time for at once.
func (c *call) visibleAt(key *Key, noun string, l lag) time.Time {
	if !c.eventual {
		return time.Time{}
	}
	_, stream := c.draw(key, "visibility/"+noun)
	return c.Now.Add(l.delay(hsm.Bytes(stream, 9)))
}

// AtOnce does something whose changes authorization sees at once.
func (s *Service) AtOnce(do func()) {
	eventual := s.eventual
	s.eventual = false
	do()
	s.eventual = eventual
}

// versions are the values of something that changed, oldest first and the current one last, each with the moment from
// which authorization sees it. The newest whose moment has come is seen. Values that no longer can be are left out; no
// versions mean that the current value is the only one.
type versions[T any] []version[T]

type version[T any] struct {
	value T
	made  time.Time
	from  time.Time
}

// with adds a value that is made now and seen from a moment on. Where changes are seen at once nothing is kept.
func (v versions[T]) with(before, value T, now, from time.Time) versions[T] {
	if from.IsZero() {
		return nil
	}
	if len(v) == 0 {
		v = versions[T]{{value: before}}
	}
	v = v[v.at(now):]
	return append(v[:len(v):len(v)], version[T]{value, now, from})
}

// since are the versions that can be seen from now on, none when that is the current one alone.
func (v versions[T]) since(now time.Time) versions[T] {
	if !v.pending(now) {
		return nil
	}
	return v[v.at(now):]
}

// at is the index of the version that is seen.
func (v versions[T]) at(now time.Time) int {
	for i := len(v) - 1; i > 0; i-- {
		if !now.Before(v[i].from) {
			return i
		}
	}
	return 0
}

// pending reports whether an earlier value than the current one is seen.
func (v versions[T]) pending(now time.Time) bool { return len(v) > 0 && v.at(now) < len(v)-1 }

// last is the current value's moment.
func (v versions[T]) last() time.Time { return v[len(v)-1].from }

// past holds what authorization may still see of a key.
type past struct {
	tags     versions[[]iam.Tag]
	aliases  versions[[]string]
	policies versions[keyPolicy]
}

func (p *past) any() bool { return len(p.tags)+len(p.aliases)+len(p.policies) > 0 }

// keyPolicy is a key's policy with the principals that it meant when it was put.
type keyPolicy struct {
	policy *iam.Policy
	bound  map[string]string
}

// seenConditions are the condition keys that follow from the key, as authorization sees it.
func (c *call) seenConditions(k *Key) []condition.Value {
	tags, aliases := k.past.tags.pending(c.Now), k.past.aliases.pending(c.Now)
	if !tags && !aliases {
		return k.conditions
	}
	seen := *k
	if tags {
		seen.Tags = k.past.tags[k.past.tags.at(c.Now)].value
	}
	if aliases {
		seen.Aliases = k.past.aliases[k.past.aliases.at(c.Now)].value
	}
	return seen.ownConditions(c.quotas.AliasesPerKey)
}

// seenPolicy is the key policy that authorization sees. The id of an earlier one says so, since its places are not
// those of the current text.
func (k *Key) seenPolicy(now time.Time) keyPolicy {
	if !k.past.policies.pending(now) {
		return keyPolicy{k.Policy, k.bound}
	}
	p := k.past.policies[k.past.policies.at(now)].value
	earlier := *p.policy
	earlier.ID += EarlierPolicy
	return keyPolicy{&earlier, p.bound}
}

// EarlierPolicy is what the id of a key policy ends with, after the key's ARN, when it was replaced and is still in
// force.
const EarlierPolicy = "#earlier"

// EarlierKeyPolicy returns the policy that was replaced and is still in force, nil for none, and until when it is.
func (s *Service) EarlierKeyPolicy(keyARN string, now time.Time) (*iam.Policy, time.Time) {
	key := s.keys[keyARN]
	if key == nil || !key.past.policies.pending(now) {
		return nil, time.Time{}
	}
	return key.seenPolicy(now).policy, key.past.policies.last()
}

// remarks are what is said of a decision about a key besides what it says by itself.
type remarks struct {
	key           *Key // nil for none
	aliasesPerKey int  // the quota
	eventual      bool
}

func (c *call) remarks(key *Key) remarks { return remarks{key, c.quotas.AliasesPerKey, c.eventual} }

// annotate adds the changes that a decision did not see, those of the caller's grants last, and that the key has too many
// aliases.
func (r remarks) annotate(x *authz.Explanation, grants []*authz.Grant, now time.Time) {
	if r.key == nil {
		return
	}
	r.noteQuota(x)
	if !r.eventual {
		return
	}
	changes := r.key.changes(now)
	for _, g := range grants {
		changes = append(changes, grantChanges(g, now)...)
	}
	for _, ch := range changes {
		x.Pending = append(x.Pending, authz.Pending{What: ch.What, At: authz.Stamp(ch.VisibleAt)})
	}
}

// forget drops what authorization cannot see any more.
func (s *Service) forget(now time.Time) {
	for _, g := range s.ended {
		if !now.Before(g.EndsAt) {
			s.removeGrant(g)
		}
	}
	for arn, key := range s.keys {
		if p := &key.past; p.any() {
			trimmed := *key
			trimmed.past = past{p.tags.since(now), p.aliases.since(now), p.policies.since(now)}
			s.keys[arn] = &trimmed
		}
	}
}

// Change is one that authorization does not see yet.
type Change struct {
	Kind      string // "key policy", "tags", "aliases", "grant", "end of grant"
	GrantID   string // of the last two
	What      string // one sentence without its stop
	MadeAt    time.Time
	VisibleAt time.Time
}

// Pending returns the changes of a key that authorization does not see yet, its grants' last.
func (s *Service) Pending(keyARN string, now time.Time) []Change {
	key := s.keys[keyARN]
	if key == nil {
		return []Change{}
	}
	changes := key.changes(now)
	for _, g := range s.grantsAndEnded(keyARN) {
		changes = append(changes, grantChanges(&g.Grant, now)...)
	}
	return changes
}

// grantsAndEnded are the grants on a key with those that ended and still work, in the order of their creation.
func (s *Service) grantsAndEnded(keyARN string) []Grant {
	grants := append(s.Grants(keyARN), sorted(s.ended, func(g Grant) bool { return g.KeyARN == keyARN })...)
	slices.SortStableFunc(grants, func(a, b Grant) int { return a.ordinal - b.ordinal })
	return grants
}

func grantChanges(g *authz.Grant, now time.Time) []Change {
	changes := []Change{}
	name := "grant " + g.Name
	if g.Name == "" {
		name += g.ID[:8] + "…"
	}
	if now.Before(g.VisibleAt) {
		changes = append(changes, Change{Kind: "grant", GrantID: g.ID, What: name + " is not visible yet", MadeAt: g.CreatedAt, VisibleAt: g.VisibleAt})
	}
	if now.Before(g.EndsAt) {
		changes = append(changes, Change{Kind: "end of grant", GrantID: g.ID, What: name + " was revoked or retired, and still works", VisibleAt: g.EndsAt})
	}
	return changes
}

func (k *Key) changes(now time.Time) []Change {
	changes := []Change{}
	if v := k.past.policies; v.pending(now) {
		changes = append(changes, change("key policy", v, "the new key policy is not in force yet, the one before it decides"))
	}
	if v := k.past.tags; v.pending(now) {
		changes = append(changes, change("tags", v, "authorization still sees "+tagText(v[v.at(now)].value)+", not "+tagText(k.Tags)))
	}
	if v := k.past.aliases; v.pending(now) {
		changes = append(changes, change("aliases", v, "authorization still sees "+aliasText(v[v.at(now)].value)+", not "+aliasText(k.Aliases)))
	}
	return changes
}

func change[T any](kind string, v versions[T], what string) Change {
	return Change{Kind: kind, What: what, MadeAt: v[len(v)-1].made, VisibleAt: v.last()}
}

func tagText(tags []iam.Tag) string {
	if len(tags) == 0 {
		return "no tags"
	}
	list := make([]string, len(tags))
	for i, t := range tags {
		list[i] = t.Key + "=" + t.Value
	}
	return "the tags " + strings.Join(list, ", ")
}

func aliasText(names []string) string {
	if len(names) == 0 {
		return "no aliases"
	}
	return "the aliases " + strings.Join(names, ", ")
}
