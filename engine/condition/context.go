// Package condition compares what a request carries with what a policy's Condition element wants.
package condition

import (
	"strings"
	"unicode/utf8"
)

// Value is what a request carries for one condition key.
type Value struct {
	Key    string   // as AWS spells it: "kms:EncryptionContext:Department"
	Multi  bool     // a list key (ArrayOfString), even when it carries one element
	Values []string // exactly one for a single-valued key; none for a list that is present but empty
	// IdentityOnly: AWS honours the key in IAM policies but not in key policies (kms:ResourceAliases, aws:ResourceTag).
	IdentityOnly bool
}

// Scope says which kind of policy asks.
type Scope int

// A key policy does not see the values marked IdentityOnly; every other policy does.
const (
	InIdentityPolicy Scope = iota
	InKeyPolicy
)

// Context is the request context: every condition key that this request carries. The zero Context is empty.
// Keys are found without regard to letter case.
type Context struct {
	values    []Value
	simulated bool
	beneath   *Context
}

// LayOver makes c carry, beside its own values, those of another context that it has none of its own for. Values shows
// its own only.
func (c *Context) LayOver(beneath *Context) { c.beneath = beneath }

// Simulate makes tests compare as AWS's policy simulator does where that differs from authorization.
func (c *Context) Simulate() { c.simulated = true }

// NewContext returns an empty context with room for n keys.
func NewContext(n int) *Context { return &Context{values: make([]Value, 0, n)} }

// Set adds v, or replaces the value of the same key.
func (c *Context) Set(v Value) {
	for i := range c.values {
		if sameKey(c.values[i].Key, v.Key) {
			c.values[i] = v
			return
		}
	}
	c.values = append(c.values, v)
}

func sameKey(a, b string) bool {
	return len(a) == len(b) && strings.EqualFold(a, b)
}

// hasLower reports whether key in lower case is lower. Nearly all keys are ASCII, and of another length.
func hasLower(key, lower string) bool {
	for i := 0; i < len(key); i++ {
		c := key[i]
		if c >= utf8.RuneSelf {
			return strings.ToLower(key) == lower
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if i >= len(lower) || c != lower[i] {
			return false
		}
	}
	return len(key) == len(lower)
}

// SetString adds a single-valued key.
func (c *Context) SetString(key, value string) { c.Set(Value{Key: key, Values: []string{value}}) }

// SetList adds a list key.
func (c *Context) SetList(key string, values []string) {
	c.Set(Value{Key: key, Multi: true, Values: values})
}

// Lookup finds a key; lower must be in lower case.
func (c *Context) Lookup(lower string, scope Scope) (Value, bool) {
	for i := range c.values {
		if hasLower(c.values[i].Key, lower) {
			return c.values[i], scope == InIdentityPolicy || !c.values[i].IdentityOnly
		}
	}
	if c.beneath != nil {
		return c.beneath.Lookup(lower, scope)
	}
	return Value{}, false
}

// carries reports whether c itself has a value for a key in lower case.
func (c *Context) carries(lower string) bool {
	for i := range c.values {
		if hasLower(c.values[i].Key, lower) {
			return true
		}
	}
	return false
}

// Reads reports whether the test looks at a key for which ctx itself has a value.
func (t *Test) Reads(ctx *Context) bool {
	if ctx.carries(t.lower) {
		return true
	}
	if t.dynamic {
		for i := range t.Wanted {
			if t.Wanted[i].reads(ctx) {
				return true
			}
		}
	}
	return false
}

// Values returns all keys in the order in which they were set. The caller does not change it.
func (c *Context) Values() []Value { return c.values }
