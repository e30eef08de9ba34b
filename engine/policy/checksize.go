package policy

import (
	"strings"
	"unicode"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/source"
)

// maxManagedPolicy is the quota of a managed policy in characters, white space not counted; inline policies of a role
// together may have 10,240.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, read 2026-08.
const maxManagedPolicy = 6144

// size compares the document with its quota. The part of a key policy's quota from which a remark is made is ours.
func (c *checker) size() {
	n := c.doc.Text.Len()
	switch {
	case c.kind == KeyPolicy && n > catalog.KeyPolicyBytes:
		c.report(source.Span{}, source.Error, "too-long",
			"a key policy has at most %d bytes; this one has %d", catalog.KeyPolicyBytes, n)
	case c.kind == KeyPolicy && n > catalog.KeyPolicyBytes*9/10:
		c.report(source.Span{}, source.Info, "near-size-limit",
			"this key policy has %d of the %d bytes that it may have; move permissions of your own account to IAM policies, or use grants",
			n, catalog.KeyPolicyBytes)
	case c.kind == IdentityPolicy || c.kind == PermissionsBoundary:
		if n := charactersOf(c.text()); n > maxManagedPolicy {
			c.report(source.Span{}, source.Warning, "too-long-for-managed-policy",
				"without white space this policy has %d characters; a managed policy has at most %d, so split it", n, maxManagedPolicy)
			return
		}
	default:
		return
	}
	c.fixSize(n)
}

// fixSize offers to drop white space where that is enough. IAM does not count it, AWS KMS does.
func (c *checker) fixSize(n int) {
	short, ok := compact(c.text())
	if ok && c.kind == KeyPolicy && n > catalog.KeyPolicyBytes*9/10 && len(short) <= catalog.KeyPolicyBytes*9/10 {
		c.fix("Drop the white space", replace(source.Span{End: n}, short))
	}
}

// charactersOf counts what is no white space.
func charactersOf(text string) int {
	n := 0
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// compact is the document without white space between its tokens.
func compact(text string) (string, bool) {
	var b strings.Builder
	quoted, escaped := false, false
	for i := range len(text) {
		char := text[i]
		switch {
		case escaped:
			escaped = false
		case quoted && char == '\\':
			escaped = true
		case char == '"':
			quoted = !quoted
		case !quoted && isSpace(char):
			continue
		}
		b.WriteByte(char)
	}
	return b.String(), !quoted
}
