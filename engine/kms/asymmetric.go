package kms

import (
	"encoding/base64"
	"slices"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
)

// The operations of key agreement and encapsulation keys, and public keys.

func encoded(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// spec is what AWS says of keys of this kind.
func (k *Key) spec() catalog.KeySpec {
	spec, _ := catalog.LookupKeySpec(k.Spec, k.Usage)
	return spec
}

// need refuses a key for its usage, then for an algorithm that it does not have among those of the usage.
func (c *call) need(key *Key, usage, algorithm string, among func(catalog.KeySpec) []string) *Error {
	if key.Usage != usage {
		return errorf(invalidKeyUsage, "%s key usage is %s which is not valid for %s.", key.ARN, key.Usage, c.op.name)
	}
	if !slices.Contains(among(key.spec()), algorithm) {
		return errorf(invalidKeyUsage, "Algorithm %s is incompatible with key spec %s.", algorithm, key.Spec)
	}
	return nil
}

// parameterCondition sets a condition key from the parameter of its name, or its default.
func parameterCondition(parameter, missing string) func(*call, *filler) {
	return func(c *call, f *filler) {
		if value := or(c.str(parameter), missing); value != "" {
			f.set("kms:"+parameter, value)
		}
	}
}

func refuseRecipient(c *call) *Error {
	if c.has("Recipient") {
		return notSimulated("Recipient")
	}
	return nil
}

// getPublicKey: the table of key states lets it through for a key that waits for its material; what AWS answers then is
// not known, and there is no public key yet.
func getPublicKey(c *call) (any, *Error) {
	key := c.keys[0].key
	spec := key.spec()
	switch {
	case spec.Symmetric:
		return nil, errorf(unsupportedOperation, "")
	case !key.material.IsValid():
		return nil, errorf(invalidState, "%s is pending import.", key.ARN)
	}
	return struct {
		KeyId, PublicKey, CustomerMasterKeySpec, KeySpec, KeyUsage string

		EncryptionAlgorithms    []string `json:",omitempty"`
		SigningAlgorithms       []string `json:",omitempty"`
		KeyAgreementAlgorithms  []string `json:",omitempty"`
		EncapsulationAlgorithms []string `json:",omitempty"`
	}{
		key.ARN, encoded(key.material.Public()), key.Spec, key.Spec, key.Usage,
		spec.EncryptionAlgorithms, spec.SigningAlgorithms, spec.KeyAgreementAlgorithms, spec.EncapsulationAlgorithms,
	}, nil
}

// deriveSharedSecret: a public key that is none, or on another curve, is refused without a text (recorded).
func deriveSharedSecret(c *call) (any, *Error) {
	key, algorithm := c.keys[0].key, c.str("KeyAgreementAlgorithm")
	if err := c.need(key, "KEY_AGREEMENT", algorithm, func(s catalog.KeySpec) []string { return s.KeyAgreementAlgorithms }); err != nil {
		return nil, err
	}
	secret, ok := key.material.Agreement().Derive(c.bytes("PublicKey"))
	if !ok {
		return nil, errorf(validation, "")
	}
	c.used(key, "")
	return struct{ KeyId, SharedSecret, KeyAgreementAlgorithm, KeyOrigin string }{key.ARN, encoded(secret), algorithm, key.Origin}, nil
}

func (c *call) needEncapsulation(key *Key) (hsm.Encapsulation, *Error) {
	err := c.need(key, "ENCAPSULATE_DECAPSULATE", c.str("EncapsulationAlgorithm"), func(s catalog.KeySpec) []string { return s.EncapsulationAlgorithms })
	if err != nil {
		return nil, err
	}
	return key.material.Encapsulation(), nil
}

func encapsulate(c *call) (any, *Error) {
	key := c.keys[0].key
	mechanism, err := c.needEncapsulation(key)
	if err != nil {
		return nil, err
	}
	_, random := c.draw(key, "encapsulation")
	secret, ciphertext := mechanism.Encapsulate(random)
	c.used(key, "")
	return struct{ KeyId, SharedSecret, SharedSecretCiphertextBlob, EncapsulationAlgorithm string }{
		key.ARN, encoded(secret), encoded(ciphertext), c.str("EncapsulationAlgorithm"),
	}, nil
}

// decapsulate: only a ciphertext of the wrong length is refused; another one gives a secret that nobody shares.
func decapsulate(c *call) (any, *Error) {
	key := c.keys[0].key
	mechanism, err := c.needEncapsulation(key)
	if err != nil {
		return nil, err
	}
	secret, ok := mechanism.Decapsulate(c.bytes("SharedSecretCiphertextBlob"))
	if !ok {
		return nil, errorf(invalidCiphertext, "")
	}
	c.used(key, "")
	return struct{ KeyId, SharedSecret, EncapsulationAlgorithm string }{key.ARN, encoded(secret), c.str("EncapsulationAlgorithm")}, nil
}
