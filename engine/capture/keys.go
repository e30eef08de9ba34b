package capture

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

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
	default:
		b.miss("%s lives in a custom key store (%s); here it is a key of AWS KMS.", k.arn, origin)
	}
	if strings.HasPrefix(k.id, "mrk-") {
		input = append(input, "MultiRegion", true)
	}
	if len(k.tags) > 0 {
		tags := []string{}
		for _, t := range k.tags {
			tags = append(tags, t.Raw)
		}
		input = append(input, "Tags", json.RawMessage("["+strings.Join(tags, ",")+"]"))
	}
	if !b.replicate(k, input) && !b.call(k.account, k.region, "kms", "CreateKey", input) {
		return
	}
	b.made[k.arn] = true
	b.material(k)
	for _, name := range k.aliases {
		b.call(k.account, k.region, "kms", "CreateAlias", object{"AliasName", name, "TargetKeyId", k.arn})
	}
	for _, g := range k.grants {
		b.buildGrant(k, g)
	}
	if r := k.rotation; r.Get("KeyRotationEnabled").Bool() {
		o := object{"KeyId", k.arn}
		if days := r.Get("RotationPeriodInDays").Int(); days > 0 {
			o = append(o, "RotationPeriodInDays", days)
		}
		b.call(k.account, k.region, "kms", "EnableKeyRotation", o)
	}
	b.prepare(k)
}

// finishKey gives a key its state and its own policy, after everything that those would not allow.
func (b *builder) finishKey(k *key) {
	if !b.made[k.arn] {
		return
	}
	switch state := k.metadata.Get("KeyState").Str; state {
	case "", "Enabled", "PendingImport":
	case "Disabled":
		b.call(k.account, k.region, "kms", "DisableKey", object{"KeyId", k.arn})
	case "PendingDeletion":
		b.call(k.account, k.region, "kms", "ScheduleKeyDeletion", object{"KeyId", k.arn, "PendingWindowInDays", b.daysLeft(k)})
	default:
		b.miss("%s is %s; here it is not.", k.arn, state)
	}
	if k.policy != "" {
		b.call(k.account, k.region, "kms", "PutKeyPolicy", object{"KeyId", k.arn, "PolicyName", "default", "Policy", b.withGone(k.policy), "BypassPolicyLockoutSafetyCheck", true})
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

// daysLeft is how long a key still has that is pending deletion.
func (b *builder) daysLeft(k *key) int {
	left := date(k.metadata.Get("DeletionDate")).Sub(b.world.World().Now())
	return min(max(int((left+24*time.Hour-1)/(24*time.Hour)), 7), 30)
}

// inOrder are the keys, replicas after all others.
func (b *builder) inOrder() []*key {
	keys := slices.Clone(b.keys)
	slices.SortStableFunc(keys, func(x, y *key) int { return b.order(x) - b.order(y) })
	return keys
}

func (b *builder) order(k *key) int {
	if b.primaryOf(k) != nil {
		return 1
	}
	return 0
}

// primaryOf is the primary key of a replica, nil for every other key and for one without.
func (m *model) primaryOf(k *key) *key {
	name := k.metadata.Get("MultiRegionConfiguration.PrimaryKey.Arn").Str
	i := slices.IndexFunc(m.keys, func(p *key) bool { return p.arn == name && p != k && p.id == k.id && !p.isReplica() })
	if i < 0 || !k.isReplica() {
		return nil
	}
	return m.keys[i]
}

func (k *key) isReplica() bool {
	return k.metadata.Get("MultiRegionConfiguration.MultiRegionKeyType").Str == "REPLICA"
}

// replicate makes a replica of its primary key, if there is one.
func (b *builder) replicate(k *key, input object) bool {
	if !k.isReplica() {
		return false
	}
	p := b.primaryOf(k)
	if p == nil || !b.made[p.arn] {
		b.miss("%s is a replica; here it is a primary key of its own.", k.arn)
		return false
	}
	o := object{"KeyId", p.arn, "ReplicaRegion", k.region}
	for i := 0; i < len(input); i += 2 {
		if input[i] == "Description" || input[i] == "Tags" {
			o = append(o, input[i], input[i+1])
		}
	}
	b.made["replica"] = b.call(p.account, p.region, "kms", "ReplicateKey", o)
	return b.made["replica"]
}

// buildGrant makes a grant. One to an AWS service is made as that service makes it, for somebody of the account.
func (b *builder) buildGrant(k *key, g gjson.Result) {
	o := object{"KeyId", k.arn}
	service := ""
	for _, member := range [...]string{"GranteePrincipal", "GranteeServicePrincipal", "RetiringPrincipal", "RetiringServicePrincipal", "Name"} {
		if value := g.Get(member).Str; value != "" {
			o = append(o, member, b.alive(value))
			if strings.HasSuffix(value, ".amazonaws.com") && !strings.Contains(member, "Service") {
				service = serviceOf(value)
			}
		}
	}
	for _, member := range [...]string{"Operations", "Constraints"} {
		if value := g.Get(member); value.Exists() && value.Raw != "{}" && value.Raw != "null" {
			o = append(o, member, json.RawMessage(value.Raw))
		}
	}
	b.make(engine.Call{Service: "kms", Operation: "CreateGrant", As: k.account + ":root", Region: k.region, Input: o.json(), Environment: engine.Environment{ViaService: service}})
}

// bytesOf is the length of the key material of the specs into which any bytes can be imported.
var bytesOf = map[string]int{"": 32, "SYMMETRIC_DEFAULT": 32, "HMAC_224": 28, "HMAC_256": 32, "HMAC_384": 48, "HMAC_512": 64}

// material imports some into a key whose own was imported.
func (b *builder) material(k *key) {
	if k.metadata.Get("Origin").Str != "EXTERNAL" || k.metadata.Get("KeyState").Str == "PendingImport" || k.isReplica() && b.made["material of "+k.id] {
		return
	}
	length, ok := bytesOf[k.metadata.Get("KeySpec").Str]
	if !ok {
		b.miss("The key material of %s, which was imported; aws kms import-key-material brings some here.", k.arn)
		return
	}
	expiry := " --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE"
	if to := k.metadata.Get("ValidTo"); k.metadata.Get("ExpirationModel").Str == "KEY_MATERIAL_EXPIRES" && date(to).After(b.world.World().Now()) {
		expiry = " --expiration-model KEY_MATERIAL_EXPIRES --valid-to " + date(to).UTC().Format(time.RFC3339)
	}
	region := ""
	if k.region != b.world.World().Options().Region {
		region = " --region " + k.region
	}
	step := b.world.Run(k.account+":root", fmt.Sprintf(importing, length, k.arn, region, k.arn, expiry, region), engine.Environment{})
	if step.Code != "" || step.ExitCode != 0 {
		b.world.Undo()
		b.miss("The key material of %s, which was imported; aws kms import-key-material brings some here.", k.arn)
		return
	}
	b.made["material of "+k.id] = true
	b.miss("The key material of %s, which was imported: here it is other material, so that ciphertexts from outside do not decrypt.", k.arn)
}

// importing is the script that imports key material.
const importing = `openssl rand -out material.bin %d
both=$(aws kms get-parameters-for-import --key-id %s --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_2048 --query '[PublicKey, ImportToken]' --output text%s)
set -- $both
printf %%s $1 | openssl enc -d -base64 -A -out public-key.bin
printf %%s $2 | openssl enc -d -base64 -A -out import-token.bin
openssl pkeyutl -encrypt -in material.bin -out wrapped.bin -inkey public-key.bin -keyform DER -pubin -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256
aws kms import-key-material --key-id %s --import-token fileb://import-token.bin --encrypted-key-material fileb://wrapped.bin%s%s`

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
