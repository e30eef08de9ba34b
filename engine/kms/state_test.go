package kms

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/keypair"
)

// The table here and the models of the catalog name the same operations.
func TestOperationsAreTheSimulatedOnes(t *testing.T) {
	for i, op := range operations {
		if i > 0 && operations[i-1].name >= op.name {
			t.Errorf("%s is not sorted", op.name)
		}
		if op.act == nil {
			t.Errorf("%s does nothing", op.name)
		}
	}
	for _, model := range catalog.KMS() {
		op := lookup(model.Name)
		if op == nil {
			t.Errorf("%s is missing", model.Name)
			continue
		}
		for _, id := range op.keys {
			if !hasField(model.Input, id.name) {
				t.Errorf("%s has no parameter %s", op.name, id.name)
			}
		}
		if op.grantable != isGrantOperation(op.name) && op.name != "RetireGrant" { // which is decided apart
			t.Errorf("%s: grantable %v", op.name, op.grantable)
		}
	}
}

func hasField(fields []catalog.Field, name string) bool {
	for _, f := range fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

func isGrantOperation(name string) bool {
	for _, spec := range catalog.KeySpecs() {
		if slices.Contains(spec.GrantOperations(), name) {
			return true
		}
	}
	return false
}

// A clone sees nothing of what happens in the original afterwards, nor the other way around.
func TestClone(t *testing.T) {
	w := newWorld()
	w.step(t, 1, step{Call: "kms:CreateKey", Save: map[string]string{"id": "KeyMetadata.KeyId"}})
	w.step(t, 2, step{Call: "kms:CreateGrant", Input: []byte(`{"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Encrypt"]}`), Save: map[string]string{"grant": "GrantId"}})
	changes := []string{
		`CreateAlias {"AliasName":"alias/new","TargetKeyId":"{{id}}"}`,
		`TagResource {"KeyId":"{{id}}","Tags":[{"TagKey":"a","TagValue":"b"}]}`,
		`UpdateKeyDescription {"KeyId":"{{id}}","Description":"x"}`,
		`CreateGrant {"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Decrypt"]}`,
		`RevokeGrant {"KeyId":"{{id}}","GrantId":"{{grant}}"}`,
		`PutKeyPolicy {"KeyId":"{{id}}","Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"}`,
		`Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}`,
		`CreateKey {}`,
		`ScheduleKeyDeletion {"KeyId":"{{id}}","PendingWindowInDays":7}`,
	}
	for _, change := range changes {
		name, input, _ := strings.Cut(change, " ")
		before := picture(t, w)
		other := *w
		other.kms = w.kms.Clone()
		if _, _, code := other.call(t, step{Call: "kms:" + name}, w.fill(input)); code != "" {
			t.Fatal(code)
		}
		if name == "ScheduleKeyDeletion" {
			other.kms.Tick(start.AddDate(0, 0, 7))
		}
		if after := picture(t, w); after != before {
			t.Errorf("%s in a clone shows in the original:\n%s\n%s", name, before, after)
		}
		if name != "Encrypt" && picture(t, &other) == before {
			t.Errorf("%s changed nothing", name)
		}
	}
}

// picture is all that can be seen of the keys, and the next of what is drawn.
func picture(t *testing.T, w *world) string {
	t.Helper()
	var b strings.Builder
	for _, k := range w.kms.Keys() {
		b.WriteString(encode(t, metadata(&k)) + k.PolicyText + strings.Join(k.Aliases, " ") + encode(t, k.Tags))
		b.WriteString(encode(t, w.kms.Grants(k.ARN)) + encode(t, w.kms.granted[grantee{k.ARN, home}]))
		b.WriteString(fmt.Sprint(k.rotation, k.onDemand, k.settles, w.kms.uses[k.ARN]))
		for _, m := range k.materials {
			b.WriteString(m.ID() + m.rotated.String() + m.by)
		}
	}
	for _, store := range w.kms.KeyStores(home, region) {
		b.WriteString(encode(t, store))
	}
	return b.String() + encode(t, w.kms.Aliases(home, region)) + encode(t, w.kms.ordinals)
}

// The same calls give the same answers, byte for byte; a call that is added changes no id, key or grant of the others.
func TestReplay(t *testing.T) {
	run := func(extra bool) (string, string) {
		w := newWorld()
		answers, ids := "", ""
		for _, call := range []string{
			`CreateKey {}`, `Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}`, `GenerateRandom {"NumberOfBytes":8}`,
			`GenerateDataKey {"KeyId":"{{id}}","NumberOfBytes":8}`, `CreateKey {}`,
			`CreateGrant {"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Decrypt"]}`,
		} {
			name, input, _ := strings.Cut(call, " ")
			out, result, code := w.call(t, step{Call: "kms:" + name}, w.fill(input))
			if code != "" {
				t.Fatal(code)
			}
			answers += out + encode(t, result.Checks)
			if w.saved["id"] == "" {
				w.saved["id"] = gjson.Get(out, "KeyMetadata.KeyId").String()
				if extra {
					for _, more := range []string{`Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}`, `GenerateRandom {"NumberOfBytes":8}`} {
						name, input, _ := strings.Cut(more, " ")
						w.call(t, step{Call: "kms:" + name}, w.fill(input))
					}
				}
			}
			ids += gjson.Get(out, "KeyMetadata.KeyId").String() + gjson.Get(out, "KeyMetadata.CurrentKeyMaterialId").String() +
				gjson.Get(out, "GrantId").String()
		}
		return answers, ids
	}
	first, ids := run(false)
	second, _ := run(false)
	if first != second {
		t.Errorf("a replay differs:\n%s\n%s", first, second)
	}
	if _, other := run(true); other != ids {
		t.Errorf("another call changed ids:\n%s\n%s", ids, other)
	}
	other := newWorld()
	other.kms = New(hsm.Seeded("another"), keypair.All{})
	if out, _, _ := other.call(t, step{Call: "kms:CreateKey"}, ""); strings.Contains(first, gjson.Get(out, "KeyMetadata.KeyId").String()) {
		t.Error("another seed gives the same key id")
	}
}

// Decide asks what Do asks and changes nothing; a denial is an answer, not an error.
func TestDecide(t *testing.T) {
	w := newWorld()
	w.step(t, 1, step{Call: "kms:CreateKey", Save: map[string]string{"id": "KeyMetadata.KeyId"}})
	w.step(t, 2, step{Call: "iam:CreateUser", Input: []byte(`{"UserName":"u"}`)})
	before := picture(t, w)
	for _, row := range stateWalk {
		if row.name == "CreateAlias" || row.name == "DisableKey" || row.name == "TagResource" {
			for _, as := range []string{"root", "u"} {
				caller, _ := w.iam.Principal(as, home)
				checks, err := w.kms.Decide(w.request(caller, row.name, gjson.Parse(w.fill(row.input))))
				if err != nil || len(checks) == 0 || (checks[0].Decision == "Allow") != (as == "root") {
					t.Errorf("%s as %s: %v %v", row.name, as, checks, err)
				}
			}
		}
	}
	if after := picture(t, w); after != before {
		t.Errorf("Decide changed\n%s\nto\n%s", before, after)
	}
}
