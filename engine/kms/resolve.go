package kms

import (
	"strings"

	"kmsplayground/engine/arn"
)

// identifier is a parameter that names a key, and how it may name it.
type identifier struct {
	name    string // "KeyId"
	aliases bool   // alias names and alias ARNs are accepted, beside key ids and key ARNs
	onlyARN bool   // a bare key id is refused
}

// target is the key that a parameter named.
type target struct {
	key *Key
	// missing: another account has no such key, which its caller must not learn. Then key holds only what the
	// identifier says.
	missing bool
	// requestAlias is the alias name in the identifier, empty when it names the key itself.
	requestAlias string
	// predefined: an AWS managed key that DescribeKey is to bring into being.
	predefined bool
	// foundMissing is the answer once the caller may know that the key is missing.
	foundMissing *Error
}

func (c *call) lookUpKeys() *Error {
	c.keys = make([]*target, len(c.op.keys))
	for i, id := range c.op.keys {
		value := c.str(id.name)
		if value == "" {
			continue
		}
		t, err := c.resolve(id, value)
		if err != nil {
			return err
		}
		c.keys[i] = t
	}
	if c.op.resolve != nil {
		return c.op.resolve(c)
	}
	return nil
}

// resolve finds the key that an identifier names. A bare id or alias name means the caller's own account.
func (c *call) resolve(id identifier, value string) (*target, *Error) {
	switch {
	case strings.HasPrefix(value, "arn:"):
		return c.resolveARN(id, value)
	case id.onlyARN:
		return nil, errorf(notFound, "Invalid arn %s", value)
	case strings.HasPrefix(value, "alias/"):
		return c.resolveAlias(id, c.Caller.Account, value)
	case !isKeyID(value):
		return nil, errorf(notFound, "Invalid keyId '%s'", value)
	}
	return c.find(c.Caller.Account, value)
}

// The text for an ARN that is none is not known; it follows that of an ARN of another Region.
func (c *call) resolveARN(id identifier, value string) (*target, *Error) {
	a, ok := arn.Parse(value)
	if !ok || a.Service != "kms" || a.Region == "" || a.Account == "" {
		return nil, errorf(invalidArn, "Invalid arn %s", value)
	}
	if c.op.readOnly && id.name != "DestinationKeyId" && c.has("CiphertextBlob") && c.local(value) != nil && a.Region != c.Region {
		return nil, errorf(incorrectKey, wrongKey) // the key related to the one here (recorded of Decrypt)
	}
	if a.Region != c.Region || a.Partition != c.partition() {
		return nil, errorf(notFound, "Invalid arn %s", a.Region)
	}
	if strings.HasPrefix(a.Resource, "alias/") {
		return c.resolveAlias(id, a.Account, a.Resource)
	}
	keyID, ok := strings.CutPrefix(a.Resource, "key/")
	if !ok {
		return nil, errorf(invalidArn, "Invalid arn %s", value)
	}
	if !isKeyID(keyID) {
		return nil, errorf(notFound, "Invalid keyId %s", keyID)
	}
	return c.find(a.Account, keyID)
}

func (c *call) resolveAlias(id identifier, account, name string) (*target, *Error) {
	if !id.aliases {
		if id.name == "TargetKeyId" {
			return nil, errorf(validation, "Aliases must refer to keys. Not aliases")
		}
		return nil, errorf(invalidArn, "Key Aliases are not supported for this operation.")
	}
	aliasARN := c.aliasARN(account, name)
	alias := c.aliases[aliasARN]
	if alias != nil {
		return &target{key: c.Service.keys[alias.TargetARN], requestAlias: name}, nil
	}
	if t := c.predefined(account, name); t != nil {
		return t, nil
	}
	missing := errorf(notFound, "Alias %s is not found.", aliasARN)
	if account == c.Caller.Account {
		return nil, missing
	}
	return &target{
		key:     &Key{ARN: aliasARN, Account: account, Region: c.Region},
		missing: true, requestAlias: name, foundMissing: missing,
	}, nil
}

// find finds a key by its id. That a key of the caller's own account is missing is told to anybody, whether AWS
// authorizes first is not known.
func (c *call) find(account, keyID string) (*target, *Error) {
	keyARN := c.keyARN(account, keyID)
	if key := c.Service.keys[keyARN]; key != nil {
		return &target{key: key}, nil
	}
	missing := errorf(notFound, "Key '%s' does not exist", keyARN)
	if account == c.Caller.Account {
		return nil, missing
	}
	return &target{
		key:     &Key{ARN: keyARN, ID: keyID, Account: account, Region: c.Region},
		missing: true, foundMissing: missing,
	}, nil
}

// isKeyID reports whether id has the form of a key id: a UUID, or that of a multi-Region key.
func isKeyID(id string) bool {
	if hex, ok := strings.CutPrefix(id, "mrk-"); ok {
		return len(hex) == 32 && isHex(hex)
	}
	for _, n := range [...]int{8, 4, 4, 4} {
		if len(id) <= n || id[n] != '-' || !isHex(id[:n]) {
			return false
		}
		id = id[n+1:]
	}
	return len(id) == 12 && isHex(id)
}

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdefABCDEF") == "" }
