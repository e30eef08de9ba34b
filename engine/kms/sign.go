package kms

import (
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
)

// Signatures and message authentication codes.

// signConditions: that the default of MessageType counts follows from the guide's general rule on defaults.
func signConditions(c *call, f *filler) {
	parameterCondition("MessageType", "RAW")(c, f)
	parameterCondition("SigningAlgorithm", "")(c, f)
}

// signing is what Sign and Verify are about.
type signing struct {
	key                    *Key
	algorithm, messageType string
	message                []byte
}

func (c *call) signing() (s signing, err *Error) {
	s = signing{c.keys[0].key, c.str("SigningAlgorithm"), or(c.str("MessageType"), "RAW"), c.bytes("Message")}
	err = c.need(s.key, "SIGN_VERIFY", s.algorithm, func(spec catalog.KeySpec) []string { return spec.SigningAlgorithms })
	if err == nil {
		err = s.check()
	}
	return s, err
}

// check checks what the type of the message asks of the key, the algorithm and the length. The texts about ML-DSA follow
// the others, which are recorded.
func (s signing) check() *Error {
	lattice := s.algorithm == "ML_DSA_SHAKE_256"
	wrongForKey := map[string]bool{"EXTERNAL_MU": !lattice, "DIGEST": lattice}[s.messageType]
	wrongForAlgorithm := map[string]string{"ED25519_SHA_512": "DIGEST", "ED25519_PH_SHA_512": "RAW"}[s.algorithm] == s.messageType
	size := hsm.DigestSize(s.algorithm)
	switch {
	case wrongForKey:
		return errorf(validation, "Message type %s is incompatible with key spec %s.", s.messageType, s.key.Spec)
	case wrongForAlgorithm:
		return errorf(validation, "Message type %s is incompatible with algorithm %s.", s.messageType, s.algorithm)
	case s.messageType == "EXTERNAL_MU" && len(s.message) != size:
		return errorf(validation, "External Mu is invalid length for algorithm %s.", s.algorithm)
	case s.messageType == "DIGEST" && len(s.message) != size:
		return errorf(validation, "Digest is invalid length for algorithm %s.", s.algorithm)
	}
	return nil
}

func sign(c *call) (any, *Error) {
	s, err := c.signing()
	if err != nil {
		return nil, err
	}
	_, random := c.draw(s.key, "signature")
	signature := s.key.material.Signer().Sign(s.algorithm, s.messageType, s.message, random)
	c.used(s.key, "")
	return struct{ KeyId, Signature, SigningAlgorithm string }{s.key.ARN, encoded(signature), s.algorithm}, nil
}

func verify(c *call) (any, *Error) {
	s, err := c.signing()
	if err != nil {
		return nil, err
	}
	if !s.key.material.Signer().Verify(s.algorithm, s.messageType, s.message, c.bytes("Signature")) {
		return nil, errorf(invalidSignature, "")
	}
	c.used(s.key, "")
	return struct {
		KeyId            string
		SignatureValid   bool
		SigningAlgorithm string
	}{s.key.ARN, true, s.algorithm}, nil
}

func (c *call) needMac() *Error {
	return c.need(c.keys[0].key, "GENERATE_VERIFY_MAC", c.str("MacAlgorithm"), func(s catalog.KeySpec) []string { return s.MacAlgorithms })
}

func generateMac(c *call) (any, *Error) {
	if err := c.needMac(); err != nil {
		return nil, err
	}
	key, algorithm := c.keys[0].key, c.str("MacAlgorithm")
	mac := key.material.Mac(algorithm, c.bytes("Message"))
	c.used(key, "")
	return struct{ Mac, MacAlgorithm, KeyId string }{encoded(mac), algorithm, key.ARN}, nil
}

func verifyMac(c *call) (any, *Error) {
	if err := c.needMac(); err != nil {
		return nil, err
	}
	key, algorithm := c.keys[0].key, c.str("MacAlgorithm")
	if !key.material.VerifyMac(algorithm, c.bytes("Message"), c.bytes("Mac")) {
		return nil, errorf(invalidMac, "")
	}
	c.used(key, "")
	return struct {
		KeyId        string
		MacValid     bool
		MacAlgorithm string
	}{key.ARN, true, algorithm}, nil
}
