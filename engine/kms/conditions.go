package kms

import (
	"slices"
	"time"

	"kmsplayground/engine/condition"
	"kmsplayground/engine/iam"
)

// ownConditions are the condition keys that follow from the key alone, worked out whenever the key changes.
func (k *Key) ownConditions(aliasesPerKey int) []condition.Value {
	ctx := &condition.Context{}
	f := filler{ctx: ctx}
	f.keyKind(k)
	f.set("aws:ResourceAccount", k.Account)
	// Above the quota of aliases the condition has no effect: the key is as good as absent.
	if n := len(k.Aliases); n > 0 && n <= aliasesPerKey {
		ctx.Set(condition.Value{Key: "kms:ResourceAliases", Multi: true, Values: k.Aliases, IdentityOnly: true})
	}
	f.resourceTags(k.Tags)
	return ctx.Values()
}

// callerConditions are the keys of all operations on keys, and of CreateKey.
func (f *filler) callerConditions(r *Request) {
	if r.Caller.Account != "" {
		f.set("kms:CallerAccount", r.Caller.Account)
	}
	if via := r.Environment.ViaService; via != "" {
		f.set("kms:ViaService", serviceName(via)+"."+r.Region+".amazonaws.com")
	}
}

func (f *filler) keyKind(key *Key) {
	f.set("kms:KeySpec", key.Spec)
	f.set("kms:CustomerMasterKeySpec", key.Spec)
	f.set("kms:KeyUsage", key.Usage)
	f.set("kms:CustomerMasterKeyUsage", key.Usage)
	f.set("kms:KeyOrigin", key.Origin)
	f.setBool("kms:MultiRegion", key.MultiRegion)
	if kind := key.MultiRegionKeyType(); kind != "" {
		f.set("kms:MultiRegionKeyType", kind)
	}
}

func (f *filler) resourceTags(tags []iam.Tag) {
	for _, tag := range tags {
		f.ctx.Set(condition.Value{Key: "aws:ResourceTag/" + tag.Key, Values: f.one(tag.Value), IdentityOnly: true})
	}
}

func (f *filler) requestTags(tags []iam.Tag) {
	if len(tags) == 0 {
		return
	}
	keys := make([]string, len(tags))
	for i, tag := range tags {
		keys[i] = tag.Key
		f.set("aws:RequestTag/"+tag.Key, tag.Value)
	}
	f.setList("aws:TagKeys", keys)
}

// encryptionContext sets one key per pair, and the list of the pairs' keys. With two pairs whose keys differ only in
// case the later one wins, in the order of their keys; AWS calls the result unpredictable.
func (c *call) encryptionContext(f *filler, context map[string]string) {
	if len(context) == 0 {
		return
	}
	keys := make([]string, 0, len(context))
	for key := range context {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		f.set("kms:EncryptionContext:"+key, context[key])
	}
	f.setList("kms:EncryptionContextKeys", keys)
}

// trailingDays sets how long the key was not used for cryptography, in whole days; a key that was never used counts
// from its creation.
func trailingDays(c *call, f *filler) {
	if key := c.keys[0].key; !c.keys[0].missing {
		since := key.CreatedAt
		if used := c.uses[key.ARN].At; used.After(since) {
			since = used
		}
		f.setInt("kms:TrailingDaysWithoutKeyUsage", int(c.Now.Sub(since)/(24*time.Hour)))
	}
}

// forAWSResource says whether an integrated service makes the call for the caller.
func forAWSResource(c *call, f *filler) {
	f.setBool("kms:GrantIsForAWSResource", c.Environment.ViaService != "")
}
