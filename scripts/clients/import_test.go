package clients

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
)

// TestImport brings key material of the client's own into a key, with the standard library's RSA.
func TestImport(t *testing.T) {
	ctx, root := t.Context(), kms.NewFromConfig(rootOf("100000000012"))
	created, err := root.CreateKey(ctx, &kms.CreateKeyInput{Origin: kmstypes.OriginTypeExternal})
	if err != nil {
		t.Fatal(err)
	}
	id := created.KeyMetadata.KeyId
	p, err := root.GetParametersForImport(ctx, &kms.GetParametersForImportInput{
		KeyId: id, WrappingAlgorithm: kmstypes.AlgorithmSpecRsaesOaepSha256, WrappingKeySpec: kmstypes.WrappingKeySpecRsa3072,
	})
	if err != nil || time.Until(*p.ParametersValidTo) < 23*time.Hour {
		t.Fatalf("parameters %+v, %v", p, err)
	}
	public, err := x509.ParsePKIXPublicKey(p.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	wrap := func(material []byte) []byte {
		wrapped, err := rsa.EncryptOAEP(sha256.New(), rand.Reader, public.(*rsa.PublicKey), material, nil)
		if err != nil {
			t.Fatal(err)
		}
		return wrapped
	}
	material := make([]byte, 32)
	rand.Read(material)
	ends := time.Now().Add(time.Hour).Truncate(time.Second)
	in := kms.ImportKeyMaterialInput{KeyId: id, ImportToken: p.ImportToken, EncryptedKeyMaterial: wrap(material), ValidTo: &ends}
	imported, err := root.ImportKeyMaterial(ctx, &in)
	if err != nil || len(*imported.KeyMaterialId) != 64 {
		t.Fatalf("imported %+v, %v", imported, err)
	}
	described, err := root.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: id})
	if m := described.KeyMetadata; err != nil || m.ExpirationModel != kmstypes.ExpirationModelTypeKeyMaterialExpires || !m.ValidTo.Equal(ends) || *m.CurrentKeyMaterialId != *imported.KeyMaterialId {
		t.Errorf("described %+v, %v", m, err)
	}
	sealed, err := root.Encrypt(ctx, &kms.EncryptInput{KeyId: id, Plaintext: []byte("hello")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = root.DeleteImportedKeyMaterial(ctx, &kms.DeleteImportedKeyMaterialInput{KeyId: id}); err != nil {
		t.Fatal(err)
	}
	if _, err = root.Decrypt(ctx, &kms.DecryptInput{CiphertextBlob: sealed.CiphertextBlob}); !is[*kmstypes.KMSInvalidStateException](err) {
		t.Errorf("without its material: %v", err)
	}
	in.EncryptedKeyMaterial = wrap(make([]byte, 32))
	if _, err = root.ImportKeyMaterial(ctx, &in); !is[*kmstypes.IncorrectKeyMaterialException](err) {
		t.Errorf("other material: %v", err)
	}
	in.EncryptedKeyMaterial = wrap(make([]byte, 31))
	if _, err = root.ImportKeyMaterial(ctx, &in); !is[*kmstypes.InvalidCiphertextException](err) {
		t.Errorf("short material: %v", err)
	}
	in.EncryptedKeyMaterial = wrap(material)
	in.ImportToken = []byte("token")
	if _, err = root.ImportKeyMaterial(ctx, &in); !is[*kmstypes.InvalidImportTokenException](err) {
		t.Errorf("another token: %v", err)
	}
	in.ImportToken = p.ImportToken
	if _, err = root.ImportKeyMaterial(ctx, &in); err != nil {
		t.Fatal(err)
	}
	opened, err := root.Decrypt(ctx, &kms.DecryptInput{CiphertextBlob: sealed.CiphertextBlob})
	if err != nil || string(opened.Plaintext) != "hello" {
		t.Errorf("decrypted %+v, %v", opened, err)
	}
	rotations, err := root.ListKeyRotations(ctx, &kms.ListKeyRotationsInput{KeyId: id, IncludeKeyMaterial: kmstypes.IncludeKeyMaterialAllKeyMaterial})
	if err != nil || len(rotations.Rotations) != 1 || rotations.Rotations[0].ImportState != kmstypes.ImportStateImported {
		t.Errorf("rotations %+v, %v", rotations, err)
	}
}
