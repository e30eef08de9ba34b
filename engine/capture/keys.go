package capture

import (
	"encoding/json"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/awscli"
)

// buildKey makes a key while its policy still lets the root user do everything.
func (b *builder) buildKey(k *key) {
	input := object{}
	add := func(member string, usual string) {
		if text := k.metadata.Get(member).Str; text != "" && text != usual {
			input = append(input, member, text)
		}
	}
	if manager := k.metadata.Get("KeyManager").Str; manager == "AWS" {
		b.miss("%s is managed by AWS; here it is a key of the account with the same policy.", k.arn)
	}
	add("Description", "")
	add("KeySpec", "SYMMETRIC_DEFAULT")
	add("KeyUsage", "ENCRYPT_DECRYPT")
	switch origin := k.metadata.Get("Origin").Str; origin {
	case "", "AWS_KMS":
	case "EXTERNAL":
		input = append(input, "Origin", origin)
		b.miss("The key material of %s, which was imported; aws kms import-key-material brings some here.", k.arn)
	default:
		b.miss("%s lives in a custom key store (%s); here it is a key of AWS KMS.", k.arn, origin)
	}
	if strings.HasPrefix(k.id, "mrk-") {
		input = append(input, "MultiRegion", true)
		if k.metadata.Get("MultiRegionConfiguration.MultiRegionKeyType").Str == "REPLICA" {
			b.miss("%s is a replica; here it is a primary key of its own.", k.arn)
		}
	}
	if len(k.tags) > 0 {
		tags := []string{}
		for _, t := range k.tags {
			tags = append(tags, t.Raw)
		}
		input = append(input, "Tags", json.RawMessage("["+strings.Join(tags, ",")+"]"))
	}
	if !b.call(k.account, k.region, "kms", "CreateKey", input) {
		return
	}
	b.made[k.arn] = true
	for _, name := range k.aliases {
		b.call(k.account, k.region, "kms", "CreateAlias", object{"AliasName", name, "TargetKeyId", k.arn})
	}
	for _, g := range k.grants {
		o := object{"KeyId", k.arn, "GranteePrincipal", g.Get("GranteePrincipal").Str, "Operations", json.RawMessage(g.Get("Operations").Raw)}
		if retiring := g.Get("RetiringPrincipal").Str; retiring != "" {
			o = append(o, "RetiringPrincipal", retiring)
		}
		if constraints := g.Get("Constraints"); constraints.Exists() {
			o = append(o, "Constraints", json.RawMessage(constraints.Raw))
		}
		if name := g.Get("Name").Str; name != "" {
			o = append(o, "Name", name)
		}
		b.call(k.account, k.region, "kms", "CreateGrant", o)
	}
	b.prepare(k)
}

// finishKey gives a key its state and its own policy, after everything that those would not allow.
func (b *builder) finishKey(k *key) {
	if !b.made[k.arn] {
		return
	}
	switch k.metadata.Get("KeyState").Str {
	case "Disabled":
		b.call(k.account, k.region, "kms", "DisableKey", object{"KeyId", k.arn})
	case "PendingDeletion":
		b.call(k.account, k.region, "kms", "ScheduleKeyDeletion", object{"KeyId", k.arn})
	}
	if k.policy != "" {
		b.call(k.account, k.region, "kms", "PutKeyPolicy", object{"KeyId", k.arn, "PolicyName", "default", "Policy", b.withGone(k.account, k.policy), "BypassPolicyLockoutSafetyCheck", true})
	}
	ask := func(said bool, what, command string) {
		if !said {
			b.ask("aws kms "+command+" --key-id "+k.arn+" --region "+k.region, "%s of %s.", what, k.arn)
		}
	}
	ask(k.metadata.Exists(), "Spec, usage and state", "describe-key")
	ask(k.policy != "", "The key policy", "get-key-policy --policy-name default")
	ask(k.saidGrants, "The grants", "list-grants")
	ask(k.saidAliases, "The aliases", "list-aliases")
	ask(k.saidTags, "The tags", "list-resource-tags")
}

// prepare makes the ciphertext for a request that needs one: CloudTrail has none.
func (b *builder) prepare(k *key) {
	r := b.request
	if r == nil || r.key != k.arn || r.operation != "Decrypt" && r.operation != "ReEncrypt" {
		return
	}
	script := "ciphertext=$(aws kms encrypt --key-id " + k.arn + " --plaintext SGVsbG8= --query CiphertextBlob --output text"
	for _, name := range [...]string{"encryptionContext", "sourceEncryptionContext"} {
		if context := r.input.Get(name); context.IsObject() {
			script += " --encryption-context " + awscli.Quote(context.Raw)
		}
	}
	for _, name := range [...]string{"encryptionAlgorithm", "sourceEncryptionAlgorithm"} {
		if algorithm := r.input.Get(name).Str; algorithm != "" && algorithm != "SYMMETRIC_DEFAULT" {
			script += " --encryption-algorithm " + algorithm
		}
	}
	if k.region != b.region() {
		script += " --region " + k.region
	}
	step := b.world.Run(k.account+":root", script+")", engine.Environment{})
	if step.Code != "" || step.ExitCode != 0 {
		b.world.Undo()
		b.miss("A ciphertext of %s could not be made: %s", k.arn, strings.TrimSpace(step.Stderr))
		return
	}
	b.blob = true
}
