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
