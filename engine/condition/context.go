// Package condition compares what a request carries with what a policy's Condition element wants.
package condition

import "strings"

// Value is what a request carries for one condition key.
type Value struct {
	Key    string   // as AWS spells it: "kms:EncryptionContext:Department"
	Multi  bool     // a list key (ArrayOfString), even when it carries one element
	Values []string // exactly one for a single-valued key; none for a list that is present but empty
	// IdentityOnly: AWS honours the key in IAM policies but not in key policies (kms:ResourceAliases, aws:ResourceTag).
	IdentityOnly bool

	lower string
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
type Context struct{ values []Value }

// Set adds v, or replaces the value of the same key.
func (c *Context) Set(v Value) {
	v.lower = strings.ToLower(v.Key)
	for i := range c.values {
		if c.values[i].lower == v.lower {
			c.values[i] = v
			return
		}
	}
	c.values = append(c.values, v)
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
		if c.values[i].lower == lower {
			return c.values[i], scope == InIdentityPolicy || !c.values[i].IdentityOnly
		}
	}
	return Value{}, false
}

// Values returns all keys in the order in which they were set. The caller does not change it.
func (c *Context) Values() []Value { return c.values }
