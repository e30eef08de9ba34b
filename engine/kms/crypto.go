package kms

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
)

const symmetricDefault = hsm.SymmetricDefault

const wrongKey = "The key ID in the request does not identify a CMK that can perform this operation."

// bytes is a blob parameter; its base64 was checked before.
func (c *call) bytes(name string) []byte {
	b, _ := base64.StdEncoding.DecodeString(c.str(name))
	return b
}

// contextCheck is one check on the key with the request's encryption context.
func contextCheck(c *call) []check {
	return []check{{action: c.op.name, key: c.keys[0], grantable: true, context: c.encryptionPairs("EncryptionContext")}}
}

// encryptionPairs is an encryption context, read once: it is checked, authorized and used.
func (c *call) encryptionPairs(name string) map[string]string {
	for i := range c.input {
		m := &c.input[i]
		if m.name != name {
			continue
		}
		if m.pairs == nil {
			m.pairs = pairs(m.value)
		}
		return m.pairs
	}
	return nil
}

// algorithmCondition sets the algorithm that is used: that of the request, or the symmetric default.
func algorithmCondition(parameter string) func(*call, *filler) {
	return func(c *call, f *filler) { f.set("kms:EncryptionAlgorithm", c.algorithm(parameter)) }
}

func (c *call) algorithm(parameter string) string { return or(c.str(parameter), symmetricDefault) }

// useKey checks that key can do what is asked, once its state allows it.
func (c *call) useKey(key *Key, algorithm string) *Error {
	return c.need(key, "ENCRYPT_DECRYPT", algorithm, func(s catalog.KeySpec) []string { return s.EncryptionAlgorithms })
}

// checkContexts keeps encryption contexts within their quota; AWS's text is not known.
func checkContexts(c *call) *Error {
	for _, name := range [...]string{"EncryptionContext", "SourceEncryptionContext", "DestinationEncryptionContext"} {
		n := 0
		for k, v := range c.encryptionPairs(name) {
			n += utf8.RuneCountInString(k) + utf8.RuneCountInString(v)
		}
		if n > catalog.EncryptionContextTotal {
			return errorf(validation, "%s is longer than %d characters.", name, catalog.EncryptionContextTotal)
		}
	}
	return nil
}

// encryptUnder encrypts under a key of any spec. What a public key encrypts has no encryption context and a length that
// the padding allows.
func (c *call) encryptUnder(key *Key, algorithm string, context map[string]string, plaintext []byte) (blob []byte, err *Error) {
	if key.Spec == symmetricDefault {
		return c.seal(key, context, plaintext), nil
	}
	if err := checkNoContext(context); err != nil {
		return nil, err
	}
	spec := key.spec()
	if longest := spec.MaxPlaintext[slices.Index(spec.EncryptionAlgorithms, algorithm)]; len(plaintext) > longest {
		return nil, errorf(validation, "Algorithm %s and key spec %s cannot encrypt data larger than %d bytes.", algorithm, key.Spec, longest)
	}
	_, random := c.draw(key, "padding")
	sealed := key.material.Cipher().Encrypt(algorithm, plaintext, random)
	c.used(key, "")
	return sealed, nil
}

func checkNoContext(context map[string]string) *Error {
	if len(context) > 0 {
		return errorf(validation, "EncryptionContext is not supported when encrypting/decrypting with asymmetric CMKs.")
	}
	return nil
}

// seal encrypts under a symmetric key and notes its use.
func (c *call) seal(key *Key, context map[string]string, plaintext []byte) (blob []byte) {
	_, nonce := c.draw(key, "nonce")
	c.used(key, key.materialID())
	return hsm.Seal(key.material, key.ARN, context, plaintext, nonce)
}

// used notes that a cryptographic operation succeeded.
func (c *call) used(key *Key, materialID string) {
	c.uses[key.ARN] = use{Use{KeyARN: key.ARN, Operation: c.op.name, At: c.Now, RequestID: c.RequestID}, key.Account, c.EventID}
	if c.op.name != "ReEncrypt" {
		c.result.Event.KeyMaterialID = materialID
	}
}

func encrypt(c *call) (any, *Error) {
	key, algorithm := c.keys[0].key, c.algorithm("EncryptionAlgorithm")
	if err := c.useKey(key, algorithm); err != nil {
		return nil, err
	}
	blob, err := c.encryptUnder(key, algorithm, c.encryptionPairs("EncryptionContext"), c.bytes("Plaintext"))
	if err != nil {
		return nil, err
	}
	return struct {
		CiphertextBlob             []byte
		KeyId, EncryptionAlgorithm string
	}{blob, key.ARN, algorithm}, nil
}

// needCiphertext: only a dry run that says so may leave the ciphertext out, and then it must name the key.
func needCiphertext(c *call) *Error {
	if c.has("Recipient") {
		return notSimulated("Recipient")
	}
	if algorithm := c.str(sourceAlgorithm(c.op.name)); algorithm != "" && algorithm != symmetricDefault && !c.has(c.op.keys[0].name) {
		return errorf(validation, "KeyId must not be null") // ciphertexts of public keys do not name their key
	}
	if c.has("CiphertextBlob") {
		return checkContexts(c)
	}
	if !c.bool("DryRun") || len(c.list("DryRunModifiers")) == 0 {
		return errorf(validation, "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null")
	}
	if !c.has(c.op.keys[0].name) {
		return errorf(validation, "KeyId must not be null")
	}
	return nil
}

// sourceAlgorithm is the parameter that says how a ciphertext was made.
func sourceAlgorithm(operation string) string {
	if operation == "ReEncrypt" {
		return "SourceEncryptionAlgorithm"
	}
	return "EncryptionAlgorithm"
}

// resolveBlob finds the key of a ciphertext when the request does not name it.
func resolveBlob(c *call) *Error {
	if c.keys[0] != nil {
		return nil
	}
	keyRef, _, ok := hsm.BlobKey(c.bytes("CiphertextBlob"))
	if !ok {
		return errorf(invalidCiphertext, "")
	}
	key := c.local(keyRef)
	if key == nil {
		return errorf(accessDenied, "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.")
	}
	c.keys[0] = &target{key: key}
	return nil
}

func decryptChecks(c *call) []check {
	k := contextCheck(c)
	k[0].ciphertext = !c.has("KeyId")
	return k
}

// open decrypts a ciphertext with a key that must be its own, or related to it, and says which material it was of. Without
// a ciphertext (a dry run that ignores it) there is nothing to do.
func (c *call) open(key *Key, algorithm string, context map[string]string) (plaintext []byte, materialID string, err *Error) {
	if key.Spec != symmetricDefault {
		if err := checkNoContext(context); err != nil {
			return nil, "", err
		}
	}
	if !c.has("CiphertextBlob") {
		return nil, key.materialID(), nil
	}
	blob := c.bytes("CiphertextBlob")
	if key.Spec != symmetricDefault {
		plaintext, ok := key.material.Cipher().Decrypt(algorithm, blob)
		if !ok {
			return nil, "", errorf(invalidCiphertext, "")
		}
		c.used(key, "")
		return plaintext, "", nil
	}
	keyRef, id, ok := hsm.BlobKey(blob)
	if !ok {
		return nil, "", errorf(invalidCiphertext, "")
	}
	if !key.isRelated(keyRef) {
		return nil, "", errorf(incorrectKey, wrongKey)
	}
	material, ok := key.materialOf(id)
	if ok {
		plaintext, ok = hsm.Open(material, context, blob)
	}
	if !ok {
		return nil, "", errorf(invalidCiphertext, "")
	}
	if materialID = id; key.inCustomStore() {
		materialID = ""
	}
	c.used(key, materialID)
	return plaintext, materialID, nil
}

func decrypt(c *call) (any, *Error) {
	key, algorithm := c.keys[0].key, c.algorithm("EncryptionAlgorithm")
	if err := c.useKey(key, algorithm); err != nil {
		return nil, err
	}
	plaintext, materialID, err := c.open(key, algorithm, c.encryptionPairs("EncryptionContext"))
	if err != nil {
		return nil, err
	}
	return struct {
		KeyId, Plaintext, EncryptionAlgorithm string
		KeyMaterialId                         string `json:",omitempty"`
	}{
		key.ARN, base64.StdEncoding.EncodeToString(plaintext), algorithm, materialID,
	}, nil
}

// reEncryptChecks: leaving the source key, with the source's encryption context, then entering the destination key.
func reEncryptChecks(c *call) []check {
	source, destination := c.keys[0], c.keys[1]
	conditions := func(algorithm string) func(*filler) {
		return func(f *filler) {
			f.set("kms:EncryptionAlgorithm", algorithm)
			f.setBool("kms:ReEncryptOnSameKey", source.key.ARN == destination.key.ARN)
		}
	}
	return []check{{
		action: "ReEncryptFrom", key: source, grantable: true, ciphertext: !c.has("SourceKeyId"),
		context: c.encryptionPairs("SourceEncryptionContext"), conditions: conditions(c.algorithm("SourceEncryptionAlgorithm")),
	}, {
		action: "ReEncryptTo", key: destination, grantable: true,
		context: c.encryptionPairs("DestinationEncryptionContext"), conditions: conditions(c.algorithm("DestinationEncryptionAlgorithm")),
	}}
}

func reEncrypt(c *call) (any, *Error) {
	source, destination := c.keys[0].key, c.keys[1].key
	from, to := c.algorithm("SourceEncryptionAlgorithm"), c.algorithm("DestinationEncryptionAlgorithm")
	if err := c.useKey(source, from); err != nil {
		return nil, err
	}
	if err := c.useKey(destination, to); err != nil {
		return nil, err
	}
	plaintext, materialID, err := c.open(source, from, c.encryptionPairs("SourceEncryptionContext"))
	if err != nil {
		return nil, err
	}
	blob, err := c.encryptUnder(destination, to, c.encryptionPairs("DestinationEncryptionContext"), plaintext)
	if err != nil {
		return nil, err
	}
	return struct {
		CiphertextBlob                                            []byte
		SourceKeyId, KeyId                                        string
		SourceEncryptionAlgorithm, DestinationEncryptionAlgorithm string
		SourceKeyMaterialId, DestinationKeyMaterialId             string `json:",omitempty"`
	}{blob, source.ARN, destination.ARN, from, to, materialID, destination.materialID()}, nil
}

func checkDataKeySize(c *call) *Error {
	switch {
	case c.has("Recipient"):
		return notSimulated("Recipient")
	case c.has("KeySpec") == c.has("NumberOfBytes"):
		return errorf(validation, "Please specify either number of bytes or key spec.")
	}
	return checkContexts(c)
}

// generateDataKey makes a data key; without plaintext it only shows it encrypted.
func generateDataKey(c *call) (any, *Error) {
	key := c.keys[0].key
	if err := c.useKey(key, symmetricDefault); err != nil {
		return nil, err
	}
	size := c.int("NumberOfBytes", 32)
	if c.str("KeySpec") == "AES_128" {
		size = 16
	}
	_, random := c.draw(key, "datakey")
	plaintext := hsm.Bytes(random, size)
	blob := c.seal(key, c.encryptionPairs("EncryptionContext"), plaintext)
	if strings.HasSuffix(c.op.name, "WithoutPlaintext") {
		return struct {
			CiphertextBlob []byte
			KeyId          string
			KeyMaterialId  string `json:",omitempty"`
		}{blob, key.ARN, key.materialID()}, nil
	}
	return struct {
		CiphertextBlob, Plaintext []byte
		KeyId                     string
		KeyMaterialId             string `json:",omitempty"`
	}{
		blob, plaintext, key.ARN, key.materialID(),
	}, nil
}

func checkRandomSize(c *call) *Error {
	switch {
	case !c.has("NumberOfBytes"):
		return errorf(validation, "NumberOfBytes is required.")
	case c.has("Recipient"):
		return notSimulated("Recipient")
	}
	return nil
}

func generateRandom(c *call) (any, *Error) {
	if err := c.randomStore(); err != nil {
		return nil, err
	}
	purpose := "kms/" + c.Caller.Account + "/" + c.Region + "/random"
	random := hsm.Bytes(c.reader(purpose), c.int("NumberOfBytes", 0))
	return struct{ Plaintext string }{base64.StdEncoding.EncodeToString(random)}, nil
}
