package catalog

import (
	"slices"
	"sort"
	"testing"
)

func TestActionsAreSorted(t *testing.T) {
	for _, table := range [][]ActionInfo{kmsActions, otherActions} {
		if !sort.SliceIsSorted(table, func(i, j int) bool { return compareFold(table[i].Name, table[j].Name) < 0 }) {
			t.Error("a table of actions is not sorted by name, so LookupAction misses some")
		}
	}
	if !sort.SliceIsSorted(conditionKeys, func(i, j int) bool { return compareFold(conditionKeys[i].Name, conditionKeys[j].Name) < 0 }) {
		t.Error("the condition keys are not sorted by name")
	}
}

func TestLookupAction(t *testing.T) {
	for _, table := range [][]ActionInfo{kmsActions, otherActions} {
		for _, a := range table {
			if got, ok := LookupAction(a.Name); !ok || got.Name != a.Name {
				t.Errorf("LookupAction(%q) = %q, %v", a.Name, got.Name, ok)
			}
		}
	}
	for _, c := range []struct{ name, want string }{
		{"KMS:generatedatakeyWITHOUTplaintext", "kms:GenerateDataKeyWithoutPlaintext"},
		{"kms:ReEncrypt", ""},
		{"kms:ReEncryptFrom", "kms:ReEncryptFrom"},
		{"kms:", ""},
		{"", ""},
		{"sts:assumerole", "sts:AssumeRole"},
	} {
		if got, _ := LookupAction(c.name); got.Name != c.want {
			t.Errorf("LookupAction(%q) = %q, want %q", c.name, got.Name, c.want)
		}
	}
}

// Every operation of KMS is checked as the action of its name, ReEncrypt as two.
func TestEveryOperationHasAnAction(t *testing.T) {
	for _, op := range KMS() {
		if op.Name == "ReEncrypt" {
			continue
		}
		if _, ok := LookupAction("kms:" + op.Name); !ok {
			t.Errorf("no action kms:%s", op.Name)
		}
	}
}

// The condition keys that actions carry are keys that the catalog has.
func TestActionKeysAreKnown(t *testing.T) {
	for _, a := range kmsActions {
		for _, key := range slices.Concat(keyConditionKeys, a.keys) {
			if _, ok := LookupConditionKey(key); !ok && key != "kms:RecipientAttestation:*" {
				t.Errorf("%s carries %q, which is not in the table of condition keys", a.Name, key)
			}
		}
	}
}

func TestCarries(t *testing.T) {
	for _, c := range []struct {
		action, key string
		want        bool
	}{
		{"kms:Decrypt", "kms:EncryptionContext:Department", true},
		{"kms:Decrypt", "kms:encryptioncontext:aws:ebs:id", true},
		{"kms:DescribeKey", "kms:EncryptionContext:Department", false},
		{"kms:DescribeKey", "kms:ViaService", true},
		{"kms:ListKeys", "kms:ViaService", false},
		{"kms:ListKeys", "aws:PrincipalArn", true},
		{"kms:ListKeys", "aws:ResourceTag/team", false},
		{"kms:Encrypt", "aws:ResourceTag/team", true},
		{"kms:Encrypt", "aws:TagKeys", false},
		{"kms:TagResource", "aws:TagKeys", true},
		{"kms:Decrypt", "kms:RecipientAttestation:PCR0", true},
	} {
		a, _ := LookupAction(c.action)
		if got := a.Carries(c.key); got != c.want {
			t.Errorf("%s carries %s: %v, want %v", c.action, c.key, got, c.want)
		}
	}
}

func TestLookupConditionKey(t *testing.T) {
	for _, c := range []struct {
		name, want string
		multi      bool
		keyPolicy  bool
	}{
		{"kms:viaservice", "kms:ViaService", false, true},
		{"kms:EncryptionContext:Department", "kms:EncryptionContext:*", false, true},
		{"kms:EncryptionContextKeys", "kms:EncryptionContextKeys", true, true},
		{"kms:EncryptionContext:", "", false, false},
		{"AWS:RESOURCETAG/team", "aws:ResourceTag/*", false, false},
		{"kms:ResourceAliases", "kms:ResourceAliases", true, false},
		{"kms:RequestAlias", "kms:RequestAlias", false, true},
		{"kms:RecipientAttestation:PCR31", "kms:RecipientAttestation:PCR*", false, true},
		{"kms:RecipientAttestation:ImageSha384", "kms:RecipientAttestation:ImageSha384", false, true},
		{"kms:ViaServices", "", false, false},
		{"aws:ResourceTag", "", false, false},
	} {
		got, _ := LookupConditionKey(c.name)
		if got.Name != c.want || got.Multi != c.multi || got.KeyPolicy != c.keyPolicy {
			t.Errorf("LookupConditionKey(%q) = %+v, want %q, multi %v, key policy %v", c.name, got, c.want, c.multi, c.keyPolicy)
		}
	}
}
