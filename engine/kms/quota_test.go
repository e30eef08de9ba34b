package kms

import (
	"fmt"
	"strings"
	"testing"

	"kmsplayground/engine/catalog"
)

func TestQuotas(t *testing.T) {
	w := newWorld()
	w.step(t, 1, step{Call: "kms:CreateKey", Save: map[string]string{"id": "KeyMetadata.KeyId"}})
	w.step(t, 2, step{Call: "kms:CreateKey", Save: map[string]string{"other": "KeyMetadata.KeyId"}})
	var tags []string
	for i := range catalog.AliasesPerKey {
		w.step(t, 3+i, step{Call: "kms:CreateAlias", Input: fmt.Appendf(nil, `{"AliasName":"alias/%d","TargetKeyId":"{{id}}"}`, i)})
		tags = append(tags, fmt.Sprintf(`{"TagKey":"%d","TagValue":""}`, i))
	}
	full := "LimitExceededException: Aliases per key quota for this account in this region is 50, current usage is 50."
	all := strings.Join(tags, ",")
	for i, s := range []step{
		{Call: "kms:CreateAlias", Input: []byte(`{"AliasName":"alias/more","TargetKeyId":"{{id}}"}`), Error: full},
		{Call: "kms:CreateAlias", Input: []byte(`{"AliasName":"alias/more","TargetKeyId":"{{other}}"}`)},
		{Call: "kms:UpdateAlias", Input: []byte(`{"AliasName":"alias/more","TargetKeyId":"{{id}}"}`), Error: full},
		{Call: "kms:UpdateAlias", Input: []byte(`{"AliasName":"alias/0","TargetKeyId":"{{id}}"}`)},
		{Call: "kms:TagResource", Input: []byte(`{"KeyId":"{{id}}","Tags":[` + all + `]}`)},
		{Call: "kms:TagResource", Input: []byte(`{"KeyId":"{{id}}","Tags":[{"TagKey":"0","TagValue":"new"}]}`)},
		{Call: "kms:TagResource", Input: []byte(`{"KeyId":"{{id}}","Tags":[{"TagKey":"more","TagValue":""}]}`), Error: "TagException: Too many tags"},
		{Call: "kms:CreateKey", Input: []byte(`{"Tags":[` + all + `,{"TagKey":"more","TagValue":""}]}`), Error: "TagException: Too many tags"},
		{Call: "kms:PutKeyPolicy", Input: []byte(`{"KeyId":"{{id}}","Policy":"` + strings.Repeat(" ", catalog.KeyPolicyBytes) + `{}"}`), Error: "LimitExceededException: "},
		{Call: "kms:Encrypt", Input: []byte(`{"KeyId":"{{id}}","Plaintext":"eA==","EncryptionContext":{"k":"` + strings.Repeat("é", catalog.EncryptionContextTotal-1) + `"}}`)},
		{Call: "kms:Encrypt", Input: []byte(`{"KeyId":"{{id}}","Plaintext":"eA==","EncryptionContext":{"k":"` + strings.Repeat("é", catalog.EncryptionContextTotal) + `"}}`), Error: "ValidationException: EncryptionContext is longer than 8192 characters."},
	} {
		w.step(t, 100+i, s)
	}
}

// TestSetQuota holds that a lowered quota refuses what is new, keeps what is there, and takes kms:ResourceAliases from a
// key that has too many; the explanation says so.
func TestSetQuota(t *testing.T) {
	w := newWorld()
	denied := "AccessDeniedException: User: arn:aws:iam::111122223333:user/dev is not authorized to perform: kms:Encrypt on resource: {{arn}} because no identity-based policy allows the kms:Encrypt action"
	encrypt := step{As: "dev", Call: "kms:Encrypt", Input: []byte(`{"KeyId":"{{id}}","Plaintext":"eA=="}`)}
	without := encrypt
	without.Error = denied
	note := "the key has 2 aliases, the quota is 1: above it the condition key is absent"
	for i, row := range []struct {
		quota string
		value int
		step
		note string
	}{
		{step: step{Call: "kms:CreateKey", Save: map[string]string{"id": "KeyMetadata.KeyId", "arn": "KeyMetadata.Arn"}}},
		{step: step{Call: "iam:CreateUser", Input: []byte(`{"UserName":"dev"}`)}},
		{step: step{Call: "iam:PutUserPolicy", Input: []byte(`{"UserName":"dev","PolicyName":"p","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Encrypt","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/a"}}}]}}`)}},
		{step: step{Call: "kms:CreateAlias", Input: []byte(`{"AliasName":"alias/a","TargetKeyId":"{{id}}"}`)}},
		{step: step{Call: "kms:CreateAlias", Input: []byte(`{"AliasName":"alias/b","TargetKeyId":"{{id}}"}`)}},
		{step: step{Call: "kms:CreateGrant", Input: []byte(`{"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Encrypt"]}`)}},
		{quota: "aliases-per-key", value: 2, step: encrypt},
		{quota: "aliases-per-key", value: 1, step: without, note: note},
		{step: step{Call: "kms:ListAliases", Output: []byte(`{"Aliases":[{"AliasName":"alias/a"},{"AliasName":"alias/b"}]}`)}},
		{step: step{Call: "kms:CreateAlias", Input: []byte(`{"AliasName":"alias/c","TargetKeyId":"{{id}}"}`), Error: "LimitExceededException: Aliases per key quota for this account in this region is 1, current usage is 2."}},
		{step: step{Call: "kms:DeleteAlias", Input: []byte(`{"AliasName":"alias/b"}`)}},
		{step: encrypt},
		{quota: "grants-per-key", value: 1, step: step{Call: "kms:CreateGrant", Input: []byte(`{"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Decrypt"]}`), Error: "LimitExceededException: "}},
		{quota: "keys", value: 1, step: step{Call: "kms:CreateKey", Error: "LimitExceededException: Key quota for this account in this region is 1 but the current usage is 1."}},
	} {
		if row.quota != "" {
			w.kms.SetQuota(row.quota, row.value)
		}
		w.step(t, i+1, row.step)
		if row.note != "" {
			_, result, _ := w.call(t, row.step, w.fill(string(row.Input)))
			if text := encode(t, result.Checks); !strings.Contains(text, row.note) {
				t.Errorf("%s does not say %q", text, row.note)
			}
		}
	}
	clone := w.kms.Clone()
	clone.SetQuota("keys", 5)
	w.step(t, 100, step{Call: "kms:CreateKey", Error: "LimitExceededException: Key quota for this account in this region is 1 but the current usage is 1."})
}
