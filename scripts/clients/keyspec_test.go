package clients

import (
	"bytes"
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
)

// TestKeySpecs holds that what keys of other usages make is taken outside of KMS, with nothing but their public keys.
func TestKeySpecs(t *testing.T) {
	ctx, c := t.Context(), kms.NewFromConfig(rootOf("100000000021"))
	made := func(spec kmstypes.KeySpec, usage kmstypes.KeyUsageType) (id *string, public any) {
		created, err := c.CreateKey(ctx, &kms.CreateKeyInput{KeySpec: spec, KeyUsage: usage})
		if err != nil {
			t.Fatal(err)
		}
		id = created.KeyMetadata.KeyId
		if usage == kmstypes.KeyUsageTypeGenerateVerifyMac {
			return id, nil
		}
		answer, err := c.GetPublicKey(ctx, &kms.GetPublicKeyInput{KeyId: id})
		if err != nil {
			t.Fatal(err)
		}
		if public, err = x509.ParsePKIXPublicKey(answer.PublicKey); err != nil {
			t.Fatal(err)
		}
		return id, public
	}
	message := []byte("message")
	digest := sha256.Sum256(message)
	sign := func(id *string, algorithm kmstypes.SigningAlgorithmSpec) []byte {
		signed, err := c.Sign(ctx, &kms.SignInput{KeyId: id, Message: message, SigningAlgorithm: algorithm})
		if err != nil {
			t.Fatal(err)
		}
		return signed.Signature
	}

	id, public := made(kmstypes.KeySpecRsa2048, kmstypes.KeyUsageTypeSignVerify)
	if err := rsa.VerifyPSS(public.(*rsa.PublicKey), crypto.SHA256, digest[:], sign(id, kmstypes.SigningAlgorithmSpecRsassaPssSha256), nil); err != nil {
		t.Error(err)
	}
	_, err := c.Verify(ctx, &kms.VerifyInput{KeyId: id, Message: message, Signature: []byte("x"), SigningAlgorithm: kmstypes.SigningAlgorithmSpecRsassaPssSha256})
	if got := failure(err); got != "KMSInvalidSignatureException: " {
		t.Error(got)
	}
	id, public = made(kmstypes.KeySpecEccNistP256, kmstypes.KeyUsageTypeSignVerify)
	if !ecdsa.VerifyASN1(public.(*ecdsa.PublicKey), digest[:], sign(id, kmstypes.SigningAlgorithmSpecEcdsaSha256)) {
		t.Error("the ECDSA signature is not taken")
	}

	id, public = made(kmstypes.KeySpecRsa2048, kmstypes.KeyUsageTypeEncryptDecrypt)
	sealed, err := rsa.EncryptOAEP(sha256.New(), rand.Reader, public.(*rsa.PublicKey), message, nil)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := c.Decrypt(ctx, &kms.DecryptInput{KeyId: id, CiphertextBlob: sealed, EncryptionAlgorithm: kmstypes.EncryptionAlgorithmSpecRsaesOaepSha256})
	if err != nil || !bytes.Equal(opened.Plaintext, message) {
		t.Errorf("%v %+v", err, opened)
	}

	id, public = made(kmstypes.KeySpecEccNistP384, kmstypes.KeyUsageTypeKeyAgreement)
	checkAgreement(t, c, id, public.(*ecdsa.PublicKey))

	id, _ = made(kmstypes.KeySpecHmac256, kmstypes.KeyUsageTypeGenerateVerifyMac)
	mac, err := c.GenerateMac(ctx, &kms.GenerateMacInput{KeyId: id, Message: message, MacAlgorithm: kmstypes.MacAlgorithmSpecHmacSha256})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.VerifyMac(ctx, &kms.VerifyMacInput{KeyId: id, Message: message, Mac: mac.Mac, MacAlgorithm: kmstypes.MacAlgorithmSpecHmacSha256}); err != nil {
		t.Error(err)
	}
}

func checkAgreement(t *testing.T, c *kms.Client, id *string, theirs *ecdsa.PublicKey) {
	t.Helper()
	ours, err := ecdh.P384().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(ours.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	peer, err := theirs.ECDH()
	if err != nil {
		t.Fatal(err)
	}
	want, err := ours.ECDH(peer)
	if err != nil {
		t.Fatal(err)
	}
	derived, err := c.DeriveSharedSecret(t.Context(), &kms.DeriveSharedSecretInput{
		KeyId: aws.String(*id), KeyAgreementAlgorithm: kmstypes.KeyAgreementAlgorithmSpecEcdh, PublicKey: public,
	})
	if err != nil || !bytes.Equal(derived.SharedSecret, want) {
		t.Errorf("%v %+v", err, derived)
	}
}
