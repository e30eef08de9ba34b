package kms

import (
	"slices"
	"strings"
	"testing"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
)

// What a grant may hold follows from the kind of key. The texts about HMAC keys are recorded.
func TestGrantFits(t *testing.T) {
	const constraint = "ValidationException: EncryptionContext is supported only when creating a grant for a symmetric encryption KMS key."
	for _, row := range []struct {
		spec, usage, operations string
		constrained             bool
		want                    string
	}{
		{"HMAC_256", "GENERATE_VERIFY_MAC", "Encrypt", false, "ValidationException: Operations [Encrypt] are not supported when creating a grant for a symmetric KMS key with key usage GENERATE_VERIFY_MAC. " +
			"Valid operations are [CreateGrant, RetireGrant, DescribeKey, GenerateMac, VerifyMac]"},
		{"HMAC_256", "GENERATE_VERIFY_MAC", "GenerateMac VerifyMac DescribeKey CreateGrant RetireGrant", false, ""},
		{"HMAC_256", "GENERATE_VERIFY_MAC", "GenerateMac", true, constraint},
		{"RSA_2048", "ENCRYPT_DECRYPT", "Encrypt", true, constraint},
		{"ECC_NIST_P256", "SIGN_VERIFY", "Sign", true, constraint},
		{"ML_DSA_44", "SIGN_VERIFY", "Sign", true, constraint},
		{"SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "Encrypt Decrypt GenerateDataKeyPair", true, ""},
	} {
		g := authz.Grant{Operations: strings.Fields(row.operations)}
		if row.constrained {
			g.ConstraintSubset = map[string]string{"a": "1"}
		}
		got := ""
		if err := checkGrantFits(&Key{Spec: row.spec, Usage: row.usage}, &g); err != nil {
			got = err.Error()
		}
		if got != row.want {
			t.Errorf("%s for %s, %s:\n got %s\nwant %s", row.spec, row.usage, row.operations, got, row.want)
		}
	}
}

// A grant for any kind of key can hold what every key can do, and only operations that exist; SourceArn fits them all.
func TestGrantOperationsOfEveryKind(t *testing.T) {
	op, _ := catalog.LookupKMS("CreateGrant")
	var known []string
	for _, f := range op.Input {
		if f.Name == "Operations" {
			known = f.Shape.Member.Enum
		}
	}
	kinds := catalog.KeySpecs()
	for _, spec := range kinds {
		valid := spec.GrantOperations()
		for _, name := range valid {
			if !slices.Contains(known, name) {
				t.Errorf("%s: %s is no grant operation", spec.Spec, name)
			}
		}
		g := authz.Grant{Operations: []string{"CreateGrant", "DescribeKey", "RetireGrant"}, SourceArn: "arn:aws:s3:::amzn-s3-demo-bucket"}
		if err := checkGrantFits(&Key{Spec: spec.Spec, Usage: spec.Usage}, &g); err != nil {
			t.Errorf("%s: %s", spec.Spec, err)
		}
	}
	if len(kinds) < 15 {
		t.Errorf("%d kinds of keys", len(kinds))
	}
}
