package kms

import (
	"encoding/base64"
	"encoding/hex"
	"math"
	"time"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
)

// The operations on imported key material. What they answer was recorded of AWS (2026-09) where no comment says otherwise.

// parametersLife is how long a public key and its import token can be used.
const parametersLife = 24 * time.Hour

// importParameters is what an import token stands for. It can be used again until it expires.
type importParameters struct {
	keyARN    string
	algorithm string // "RSAES_OAEP_SHA_256"
	key       hsm.WrappingKey
	validTo   time.Time
}

const (
	tokenMagic = "KPI\x01"
	tokenSize  = 32 // random bytes behind it
)

func wrappingConditions(c *call, f *filler) {
	f.set("kms:WrappingAlgorithm", c.str("WrappingAlgorithm"))
	f.set("kms:WrappingKeySpec", c.str("WrappingKeySpec"))
}

// importConditions: a parameter that was not sent is absent, as the guide's own tests with Null want it. The guide
// compares kms:ValidTo with seconds since 1970.
func importConditions(c *call, f *filler) {
	if model := c.str("ExpirationModel"); model != "" {
		f.set("kms:ExpirationModel", model)
	}
	if c.has("ValidTo") {
		f.set("kms:ValidTo", c.member("ValidTo").String())
	}
}

// checkImportInput checks what does not depend on the key. That the date goes first is ours.
func checkImportInput(c *call) *Error {
	expires := or(c.str("ExpirationModel"), "KEY_MATERIAL_EXPIRES") == "KEY_MATERIAL_EXPIRES"
	switch validTo := c.validTo(); {
	case expires && !c.has("ValidTo"):
		return errorf(validation, "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES")
	case !expires && c.has("ValidTo"):
		return errorf(validation, "A validTo date cannot be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE")
	case expires && !validTo.After(c.Now):
		return errorf(validation, "ValidTo must be in the future")
	case expires && !validTo.Before(c.Now.Add(365*day)):
		return errorf(validation, "ValidTo must be less than 365 days in the future")
	case c.str("ImportType") == newMaterial && c.has("KeyMaterialId"):
		return errorf(validation, "Input parameter keyMaterialId cannot be used with NEW_KEY_MATERIAL importType.")
	}
	return nil
}

const newMaterial = "NEW_KEY_MATERIAL"

// validTo is the date of the request, whole seconds; the zero time when it has none. A date that no calendar knows is the
// last one.
func (c *call) validTo() time.Time {
	if !c.has("ValidTo") {
		return time.Time{}
	}
	return time.Unix(int64(math.Floor(max(min(c.member("ValidTo").Float(), 253402300799), 0))), 0).UTC()
}

// checkImportable: only keys of origin EXTERNAL take imported material.
func checkImportable(key *Key) *Error {
	if !key.isImported() {
		return errorf(unsupportedOperation, "%s origin is %s which is not valid for this operation.", key.ARN, key.Origin)
	}
	return nil
}

func getParametersForImport(c *call) (any, *Error) {
	key, algorithm, spec := c.keys[0].key, c.str("WrappingAlgorithm"), c.str("WrappingKeySpec")
	if err := checkImportable(key); err != nil {
		return nil, err
	}
	if !catalog.Wraps(algorithm, spec, key.Spec) {
		return nil, errorf(validation, "Wrapping algorithm %s and wrapping key spec %s cannot be used to import a %s key.", algorithm, spec, key.Spec)
	}
	_, random := c.draw(key, "parameters")
	id := hsm.Bytes(random, tokenSize)
	wrapping, err := hsm.NewWrappingKey(c.algorithms, spec, random)
	if err != nil {
		return nil, errorf(unsupportedOperation, "%s", err)
	}
	p := &importParameters{key.ARN, algorithm, wrapping, c.Now.Add(parametersLife)}
	c.parameters[hex.EncodeToString(id)] = p
	return struct {
		KeyId, ImportToken, PublicKey string
		ParametersValidTo             float64
	}{
		key.ARN, base64.StdEncoding.EncodeToString(append([]byte(tokenMagic), id...)),
		base64.StdEncoding.EncodeToString(wrapping.Public()), catalog.Epoch(p.validTo),
	}, nil
}

// tokenParameters are what the request's import token stands for. The text for one that expired was not recorded.
func (c *call) tokenParameters(key *Key) (*importParameters, *Error) {
	token := c.bytes("ImportToken")
	if len(token) != len(tokenMagic)+tokenSize || string(token[:len(tokenMagic)]) != tokenMagic {
		return nil, errorf(invalidImportToken, "")
	}
	p := c.parameters[hex.EncodeToString(token[len(tokenMagic):])]
	switch {
	case p == nil || p.keyARN != key.ARN:
		return nil, errorf(invalidImportToken, "")
	case !c.Now.Before(p.validTo):
		return nil, errorf(expiredImportToken, "")
	}
	return p, nil
}

// checkImportFits refuses parameters that only a symmetric encryption key has, or only a primary key.
func (c *call) checkImportFits(key *Key) *Error {
	for _, name := range [...]string{"ImportType", "KeyMaterialId", "KeyMaterialDescription"} {
		if c.has(name) && key.Spec != symmetricDefault {
			return errorf(validation, "Input parameter %s cannot be used with %s imported keys.", lowerFirst(name), key.Spec)
		}
	}
	switch {
	case key.isReplica() && c.has("KeyMaterialDescription"):
		return errorf(validation, "Key material description can only be specified on primary Multi-Region keys")
	case key.isReplica() && c.str("ImportType") == newMaterial:
		return errorf(validation, "Input parameter ImportType NEW_KEY_MATERIAL cannot be used on replica Multi-Region keys")
	}
	return nil
}

// importKeyMaterial takes the material out of its wrapping and gives it to the key: as its first, as a copy of one that it
// knows, or as a new one that waits for a rotation.
func importKeyMaterial(c *call) (any, *Error) {
	key := *c.keys[0].key
	if err := checkImportable(&key); err != nil {
		return nil, err
	}
	if err := c.checkImportFits(&key); err != nil {
		return nil, err
	}
	p, err := c.tokenParameters(&key)
	if err != nil {
		return nil, err
	}
	bytes, ok := p.key.Unwrap(p.algorithm, c.bytes("EncryptedKeyMaterial"))
	if !ok {
		return nil, errorf(invalidCiphertext, "")
	}
	material, problem := hsm.ParseMaterial(c.algorithms, key.Spec, key.ID, bytes)
	if problem != nil {
		return nil, errorf(invalidCiphertext, "")
	}
	if err := c.admit(&key, material); err != nil {
		return nil, err
	}
	key.hold(material.ID(), imported{c.validTo()})
	key.settleImports(true)
	c.putFamily(key)
	return importedOutput(&key, material.ID()), nil
}

// importedOutput: ids of materials are for symmetric encryption keys only.
func importedOutput(key *Key, id string) any {
	out := struct {
		KeyId         string
		KeyMaterialId string `json:",omitempty"`
	}{KeyId: key.ARN}
	if key.Spec == symmetricDefault {
		out.KeyMaterialId = id
	}
	return out
}

// admit adds a material to those of the key, or finds it among them. The default is a new material for a key that never
// had any, and an existing one for others; that EXISTING_KEY_MATERIAL is let through for the first is ours.
func (c *call) admit(key *Key, material hsm.Material) *Error {
	id, pending := material.ID(), key.pendingMaterial()
	known := key.indexOf(id) >= 0
	switch {
	case len(key.materials) == 0:
		key.setMaterial(material)
		key.describe(id, c.str("KeyMaterialDescription"))
		return nil
	case c.str("ImportType") == newMaterial && known:
		return errorf(incorrectMaterial, "Key material (id: %s) being imported as NEW_KEY_MATERIAL is already associated with KMS key %s.", id, key.ARN)
	case c.str("ImportType") == newMaterial && pending != "":
		return errorf(invalidState, "New key material (id: %s) cannot be imported into KMS key %s, because another key material (id: %s) is pending rotation.", id, key.ARN, pending)
	case c.str("ImportType") == newMaterial:
		key.materials = append(key.materials[:len(key.materials):len(key.materials)], keyMaterial{Material: material, pending: true})
		key.describe(id, c.str("KeyMaterialDescription"))
		return nil
	}
	if want := or(c.str("KeyMaterialId"), key.material.ID()); !known || c.has("KeyMaterialId") && want != id {
		return errorf(incorrectMaterial, "Imported key material does not have the expected identifier (%s).", want)
	}
	if text := c.str("KeyMaterialDescription"); text != "" {
		key.describe(id, text)
	}
	return nil
}

// deleteImportedKeyMaterial: the current material unless another is named. A key without material loses none, and says so
// as often as it is asked.
func deleteImportedKeyMaterial(c *call) (any, *Error) {
	key := *c.keys[0].key
	if err := checkImportable(&key); err != nil {
		return nil, err
	}
	if err := c.checkImportFits(&key); err != nil {
		return nil, err
	}
	id := or(c.str("KeyMaterialId"), key.material.ID())
	i := key.indexOf(id)
	switch {
	case i < 0 && c.has("KeyMaterialId"):
		return nil, errorf(validation, "Key material (id: %s) has never been imported into KMS key %s.", id, key.ARN)
	case i < 0:
		return importedOutput(&key, ""), nil
	case key.materials[i].pending && !key.isReplica(): // it is forgotten, in all Regions
		key.materials = key.materials[:i:i]
	}
	key.drop(id)
	key.settleImports(false)
	c.putFamily(key)
	return importedOutput(&key, id), nil
}
