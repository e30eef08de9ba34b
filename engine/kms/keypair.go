package kms

import (
	"encoding/base64"
	"strings"

	"kmsplayground/engine/hsm"
)

func checkKeyPair(c *call) *Error {
	if c.has("Recipient") {
		return notSimulated("Recipient")
	}
	return checkContexts(c)
}

func keyPairConditions(c *call, f *filler) {
	f.set("kms:EncryptionAlgorithm", symmetricDefault)
	f.set("kms:DataKeyPairSpec", c.str("KeyPairSpec"))
}

// generateDataKeyPair makes a data key pair; its private key is shown encrypted, and plain unless the operation is the
// one without plaintext.
func generateDataKeyPair(c *call) (any, *Error) {
	key, spec := c.keys[0].key, c.str("KeyPairSpec")
	if err := c.useKey(key, symmetricDefault); err != nil {
		return nil, err
	}
	if key.inCustomStore() {
		return nil, errorf(unsupportedOperation, "")
	}
	_, random := c.draw(key, "datakeypair")
	pair, refused := hsm.NewKeyPair(c.algorithms, spec, random)
	if refused != nil {
		return nil, errorf(unsupportedOperation, "%s.", refused)
	}
	out := struct {
		PrivateKeyCiphertextBlob []byte
		PrivateKeyPlaintext      string `json:",omitempty"`
		PublicKey                string
		KeyId                    string
		KeyPairSpec              string
		KeyMaterialId            string `json:",omitempty"`
	}{
		PrivateKeyCiphertextBlob: c.seal(key, c.encryptionPairs("EncryptionContext"), pair.Private),
		PublicKey:                base64.StdEncoding.EncodeToString(pair.Public),
		KeyId:                    key.ARN, KeyPairSpec: spec, KeyMaterialId: key.materialID(),
	}
	if !strings.HasSuffix(c.op.name, "WithoutPlaintext") {
		out.PrivateKeyPlaintext = base64.StdEncoding.EncodeToString(pair.Private)
	}
	return out, nil
}
