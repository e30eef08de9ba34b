package catalog

import "strings"

// DescribeAction says what an action lets its principal do. Those of KMS each have their words; of IAM, STS,
// Organizations and the services it is the operation of the same name.
func DescribeAction(name string) (Description, bool) {
	service, operation, _ := strings.Cut(name, ":")
	if strings.EqualFold(service, "kms") {
		d, ok := find(actionWords, operation)
		if ok && d.Page == "" {
			d.Page = "kms/latest/APIReference/API_" + spelled(name) + ".html"
		}
		return d, ok
	}
	if d, ok := find(stsWords, name); ok {
		return d, true
	}
	info, ok := LookupAction(name)
	if !ok {
		return Description{}, false
	}
	service, operation, _ = strings.Cut(info.Name, ":")
	guide := map[string]string{"iam": "IAM", "sts": "STS", "organizations": "organizations"}[service]
	if guide == "" {
		return Description{}, false
	}
	return Description{
		"The operation " + operation + ". Access level: " + string(info.AccessLevel) + ".",
		guide + "/latest/APIReference/API_" + operation + ".html",
	}, true
}

// spelled is the operation of an action of KMS in the letters of AWS.
func spelled(name string) string {
	info, _ := LookupAction(name)
	return strings.TrimPrefix(info.Name, "kms:")
}

// OtherActions returns the actions of IAM, STS and Organizations that this world knows, sorted by name. The caller does
// not change them.
func OtherActions() []ActionInfo { return otherActions }

const (
	reEncryptPage = "kms/latest/APIReference/API_ReEncrypt.html"
	syncPage      = "kms/latest/developerguide/multi-region-keys-auth.html"
)

var actionWords = []described{
	{"CancelKeyDeletion", "Call off the deletion of a key while its waiting period lasts.", ""},
	{"ConnectCustomKeyStore", "Connect a custom key store to its CloudHSM cluster or external key manager.", ""},
	{"CreateAlias", "Give a key an alias. Checked on the alias and on the key.", ""},
	{"CreateCustomKeyStore", "Set up a custom key store.", ""},
	{"CreateGrant", "Let others use a key by a grant: permission without a change of policy. Whoever may do it can pass on what the key policy lets grants give.", ""},
	{"CreateKey", "Make a KMS key, with its key policy. There is no key yet, so only an IAM policy can allow it.", ""},
	{"Decapsulate", "Recover a shared secret from its encapsulation, with the private key of an ML-KEM key.", ""},
	{"Decrypt", "Recover a plaintext or a data key from a ciphertext.", ""},
	{"DeleteAlias", "Remove an alias. Checked on the alias and on its key, which stays.", ""},
	{"DeleteCustomKeyStore", "Remove a custom key store that holds no keys.", ""},
	{"DeleteImportedKeyMaterial", "Throw away key material that was imported. The key cannot be used until it is imported again.", ""},
	{"DeriveSharedSecret", "Agree on a secret with another party's public key (ECDH), with the private key of a KMS key.", ""},
	{"DescribeCustomKeyStores", "See the custom key stores of the account and Region.", ""},
	{"DescribeKey", "See what a key is: its state, spec, usage, origin and Regions. Nothing secret.", ""},
	{"DisableKey", "Switch a key off for cryptographic operations until it is enabled again.", ""},
	{"DisableKeyRotation", "Stop the automatic rotation of key material.", ""},
	{"DisconnectCustomKeyStore", "Disconnect a custom key store. Its keys cannot be used meanwhile.", ""},
	{"EnableKey", "Switch a disabled key on again.", ""},
	{"EnableKeyRotation", "Have the key material rotated automatically, every year or in the period given.", ""},
	{"Encapsulate", "Make a shared secret and its encapsulation, with an ML-KEM key.", ""},
	{"Encrypt", "Encrypt up to 4,096 bytes with a key.", ""},
	{"GenerateDataKey", "Make a data key, in plaintext and encrypted under a KMS key. What services ask for when they encrypt.", ""},
	{"GenerateDataKeyPair", "Make an asymmetric key pair whose private key comes in plaintext and encrypted.", ""},
	{"GenerateDataKeyPairWithoutPlaintext", "Make an asymmetric key pair whose private key comes encrypted only.", ""},
	{"GenerateDataKeyWithoutPlaintext", "Make a data key that comes encrypted only, for use later.", ""},
	{"GenerateMac", "Make a message authentication code with an HMAC key.", ""},
	{"GenerateRandom", "Get random bytes. No key is involved.", ""},
	{"GetKeyLastUsage", "See when a key was last used for a cryptographic operation.", ""},
	{"GetKeyPolicy", "Read the key policy of a key.", ""},
	{"GetKeyRotationStatus", "See whether, and how often, the key material is rotated.", ""},
	{"GetParametersForImport", "Get the public key and the token with which key material is imported.", ""},
	{"GetPublicKey", "Download the public key of an asymmetric key, for use outside AWS.", ""},
	{"ImportKeyMaterial", "Put key material of one's own into a key that was made for it.", ""},
	{"ListAliases", "List the aliases of the account and Region.", ""},
	{"ListGrants", "List the grants on a key.", ""},
	{"ListKeyPolicies", "List the names of the policies of a key. There is one, \"default\".", ""},
	{"ListKeyRotations", "List the rotations of a key's material.", ""},
	{"ListKeys", "List the keys of the account and Region.", ""},
	{"ListResourceTags", "Read the tags of a key.", ""},
	{"ListRetirableGrants", "List the grants that a principal may retire.", ""},
	{"PutKeyPolicy", "Replace the key policy. Whoever may do it controls the key.", ""},
	{"ReEncryptFrom", "Decrypt with this key inside ReEncrypt. The plaintext does not leave AWS KMS.", reEncryptPage},
	{"ReEncryptTo", "Encrypt with this key inside ReEncrypt. The plaintext does not leave AWS KMS.", reEncryptPage},
	{"ReplicateKey", "Make a replica of a multi-Region key in another Region, which takes kms:CreateKey there too.", ""},
	{"RetireGrant", "Give up a grant. The grant says who may; a key policy has no say.", ""},
	{"RevokeGrant", "Take a grant away, so that its permissions end.", ""},
	{"RotateKeyOnDemand", "Rotate the key material now.", ""},
	{"ScheduleKeyDeletion", "Have a key deleted after 7 to 30 days, with everything that only it can decrypt.", ""},
	{"Sign", "Make a digital signature with the private key of an asymmetric key.", ""},
	{"SynchronizeMultiRegionKey", "Keep the copies of a multi-Region key alike. AWS KMS calls it itself, through a service-linked role.", syncPage},
	{"TagResource", "Put tags on a key. Where policies test tags, this changes who may use it.", ""},
	{"UntagResource", "Take tags off a key. Where policies test tags, this changes who may use it.", ""},
	{"UpdateAlias", "Point an alias to another key. Checked on the alias and on both keys.", ""},
	{"UpdateCustomKeyStore", "Change the settings of a custom key store.", ""},
	{"UpdateKeyDescription", "Change the description of a key.", ""},
	{"UpdatePrimaryRegion", "Make the replica of another Region the primary key.", ""},
	{"Verify", "Check a digital signature with a KMS key.", ""},
	{"VerifyMac", "Check a message authentication code with an HMAC key.", ""},
}

const trustPage = userGuide + "id_session-tags.html"

// stsWords are the actions that trust policies are about.
var stsWords = []described{
	{"sts:AssumeRole", "Take on a role and get temporary credentials for it. The trust policy of the role decides who may.", "STS/latest/APIReference/API_AssumeRole.html"},
	{"sts:AssumeRoleWithSAML", "Take on a role after signing in through a SAML provider.", "STS/latest/APIReference/API_AssumeRoleWithSAML.html"},
	{"sts:AssumeRoleWithWebIdentity", "Take on a role after signing in through an OpenID Connect provider.", "STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"},
	{"sts:TagSession", "Put tags on the session while a role is assumed.", trustPage},
	{"sts:SetSourceIdentity", "Say who is behind the session while a role is assumed. It stays with every session that follows.", userGuide + "id_credentials_temp_control-access_monitor.html"},
}

// ServiceActions are the actions of ServiceNames that this world checks.
func ServiceActions() []string {
	named := map[string]string{"lambda:Invoke": "lambda:InvokeFunction", "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration"}
	names := []string{}
	for _, service := range ServiceNames {
		for _, op := range ServiceOperations(service) {
			name := service + ":" + op.Name
			if action := named[name]; action != "" {
				name = action
			}
			names = append(names, name)
		}
	}
	return names
}

// OnKeyPolicy reports whether a key policy has a say about the action.
func (a ActionInfo) OnKeyPolicy() bool { return a.KeyPolicy && a.Resources&OnKey != 0 }

// ServicePrincipals are services that take on roles or call AWS KMS, as a Principal of the type Service names them. Some
// have the Region in their name. Their own guides, read 2026-08.
func ServicePrincipals(region string) []string {
	names := []string{}
	for _, service := range strings.Fields("cloudtrail cloudwatch delivery.logs dynamodb ec2 ecs-tasks events lambda logs.{region} rds s3 secretsmanager ses sns sqs ssm states") {
		names = append(names, strings.ReplaceAll(service, "{region}", region)+".amazonaws.com")
	}
	return names
}

// ViaServices are the names that kms:ViaService has for services. The developer guide's page on condition keys, read
// 2026-08.
func ViaServices() []string {
	return strings.Fields("acm athena backup dynamodb ec2 ecr elasticfilesystem es fsx glue kafka kinesis lambda lex logs rds redshift s3 sagemaker secretsmanager ses sns sqs ssm workspaces")
}

// CallingServices are services that make requests with the identity of their caller, as aws:CalledVia has them.
func CallingServices() []string { return strings.Fields("athena cloudformation dynamodb kms") }
