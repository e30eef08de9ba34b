package catalog

import "strings"

// KeySpec is a combination of key spec and key usage that AWS KMS offers, and what can be done with such a key.
type KeySpec struct {
	Spec                    string // "RSA_2048"
	Usage                   string // "SIGN_VERIFY"
	Symmetric               bool
	EncryptionAlgorithms    []string
	MaxPlaintext            []int // bytes, beside EncryptionAlgorithms
	SigningAlgorithms       []string
	MacAlgorithms           []string
	KeyAgreementAlgorithms  []string
	EncapsulationAlgorithms []string
}

var (
	symmetricDefault = []string{"SYMMETRIC_DEFAULT"}
	oaep             = []string{"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"}
	rsassa           = []string{
		"RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PKCS1_V1_5_SHA_384", "RSASSA_PKCS1_V1_5_SHA_512",
		"RSASSA_PSS_SHA_256", "RSASSA_PSS_SHA_384", "RSASSA_PSS_SHA_512",
	}
	ecdh   = []string{"ECDH"}
	mlDSA  = []string{"ML_DSA_SHAKE_256"}
	mlKEM  = []string{"ML_KEM"}
	sm2PKE = []string{"SM2PKE"}
)

// The lists of algorithms are in the order in which AWS answers them (recorded): that of their names.
//
// keySpecs is the key type reference of the KMS Developer Guide, read 2026-08. SM2 exists in China Regions only.
var keySpecs = []KeySpec{
	{Spec: "SYMMETRIC_DEFAULT", Usage: "ENCRYPT_DECRYPT", Symmetric: true, EncryptionAlgorithms: symmetricDefault, MaxPlaintext: []int{4096}},
	{Spec: "RSA_2048", Usage: "ENCRYPT_DECRYPT", EncryptionAlgorithms: oaep, MaxPlaintext: []int{214, 190}},
	{Spec: "RSA_2048", Usage: "SIGN_VERIFY", SigningAlgorithms: rsassa},
	{Spec: "RSA_3072", Usage: "ENCRYPT_DECRYPT", EncryptionAlgorithms: oaep, MaxPlaintext: []int{342, 318}},
	{Spec: "RSA_3072", Usage: "SIGN_VERIFY", SigningAlgorithms: rsassa},
	{Spec: "RSA_4096", Usage: "ENCRYPT_DECRYPT", EncryptionAlgorithms: oaep, MaxPlaintext: []int{470, 446}},
	{Spec: "RSA_4096", Usage: "SIGN_VERIFY", SigningAlgorithms: rsassa},
	{Spec: "ECC_NIST_P256", Usage: "SIGN_VERIFY", SigningAlgorithms: []string{"ECDSA_SHA_256"}},
	{Spec: "ECC_NIST_P256", Usage: "KEY_AGREEMENT", KeyAgreementAlgorithms: ecdh},
	{Spec: "ECC_NIST_P384", Usage: "SIGN_VERIFY", SigningAlgorithms: []string{"ECDSA_SHA_384"}},
	{Spec: "ECC_NIST_P384", Usage: "KEY_AGREEMENT", KeyAgreementAlgorithms: ecdh},
	{Spec: "ECC_NIST_P521", Usage: "SIGN_VERIFY", SigningAlgorithms: []string{"ECDSA_SHA_512"}},
	{Spec: "ECC_NIST_P521", Usage: "KEY_AGREEMENT", KeyAgreementAlgorithms: ecdh},
	{Spec: "ECC_SECG_P256K1", Usage: "SIGN_VERIFY", SigningAlgorithms: []string{"ECDSA_SHA_256"}},
	{Spec: "ECC_NIST_EDWARDS25519", Usage: "SIGN_VERIFY", SigningAlgorithms: []string{"ED25519_PH_SHA_512", "ED25519_SHA_512"}},
	{Spec: "ML_DSA_44", Usage: "SIGN_VERIFY", SigningAlgorithms: mlDSA},
	{Spec: "ML_DSA_65", Usage: "SIGN_VERIFY", SigningAlgorithms: mlDSA},
	{Spec: "ML_DSA_87", Usage: "SIGN_VERIFY", SigningAlgorithms: mlDSA},
	{Spec: "ML_KEM_512", Usage: "ENCAPSULATE_DECAPSULATE", EncapsulationAlgorithms: mlKEM},
	{Spec: "ML_KEM_768", Usage: "ENCAPSULATE_DECAPSULATE", EncapsulationAlgorithms: mlKEM},
	{Spec: "ML_KEM_1024", Usage: "ENCAPSULATE_DECAPSULATE", EncapsulationAlgorithms: mlKEM},
	{Spec: "HMAC_224", Usage: "GENERATE_VERIFY_MAC", Symmetric: true, MacAlgorithms: []string{"HMAC_SHA_224"}},
	{Spec: "HMAC_256", Usage: "GENERATE_VERIFY_MAC", Symmetric: true, MacAlgorithms: []string{"HMAC_SHA_256"}},
	{Spec: "HMAC_384", Usage: "GENERATE_VERIFY_MAC", Symmetric: true, MacAlgorithms: []string{"HMAC_SHA_384"}},
	{Spec: "HMAC_512", Usage: "GENERATE_VERIFY_MAC", Symmetric: true, MacAlgorithms: []string{"HMAC_SHA_512"}},
	{Spec: "SM2", Usage: "ENCRYPT_DECRYPT", EncryptionAlgorithms: sm2PKE, MaxPlaintext: []int{1024}},
	{Spec: "SM2", Usage: "SIGN_VERIFY", SigningAlgorithms: []string{"SM2DSA"}},
	{Spec: "SM2", Usage: "KEY_AGREEMENT", KeyAgreementAlgorithms: ecdh},
}

// KeySpecs returns every combination of spec and usage. The caller does not change it.
func KeySpecs() []KeySpec { return keySpecs }

// LookupKeySpec finds a combination; ok is false for a usage that the spec does not have.
func LookupKeySpec(spec, usage string) (KeySpec, bool) {
	for i := range keySpecs {
		if keySpecs[i].Spec == spec && keySpecs[i].Usage == usage {
			return keySpecs[i], true
		}
	}
	return KeySpec{}, false
}

// GrantOperations are the operations that a grant on such a key can allow, in the order in which AWS's error text
// lists them (recorded for HMAC keys; the order for other usages follows it).
func (k KeySpec) GrantOperations() []string {
	operations := []string{"CreateGrant", "RetireGrant", "DescribeKey"}
	if !k.Symmetric {
		operations = append(operations, "GetPublicKey")
	}
	switch k.Usage {
	case "ENCRYPT_DECRYPT":
		operations = append(operations, "Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo")
		if k.Symmetric {
			operations = append(operations, "GenerateDataKey", "GenerateDataKeyWithoutPlaintext",
				"GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext")
		}
	case "SIGN_VERIFY":
		operations = append(operations, "Sign", "Verify")
	case "GENERATE_VERIFY_MAC":
		operations = append(operations, "GenerateMac", "VerifyMac")
	case "KEY_AGREEMENT":
		operations = append(operations, "DeriveSharedSecret")
	case "ENCAPSULATE_DECAPSULATE":
		operations = append(operations, "Encapsulate", "Decapsulate")
	}
	return operations
}

// Importable reports whether the material of a key of a spec can be imported. AWS refused ML-DSA (recorded); that it
// refuses ML-KEM as well is by analogy.
func Importable(spec string) bool { return !strings.HasPrefix(spec, "ML_") }

// Wraps reports whether material of a key spec can be imported under a wrapping algorithm and wrapping key spec: the table
// of the KMS Developer Guide, "Select a wrapping algorithm" (read 2026-08), and for Ed25519 a recording. RSAES_PKCS1_V1_5
// ended in 2023. SM2 exists in China Regions only.
func Wraps(algorithm, wrappingSpec, keySpec string) bool {
	rsa := strings.HasPrefix(wrappingSpec, "RSA_")
	switch algorithm {
	case "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256":
		short := wrappingSpec == "RSA_2048" && (keySpec == "ECC_NIST_P521" || keySpec == "ECC_NIST_EDWARDS25519")
		return rsa && !short && !strings.HasPrefix(keySpec, "RSA_") && keySpec != "SM2"
	case "RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256":
		return rsa && (strings.HasPrefix(keySpec, "RSA_") || strings.HasPrefix(keySpec, "ECC_"))
	}
	return false
}
