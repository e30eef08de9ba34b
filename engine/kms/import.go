package kms

import "time"

// The operations on imported key material. A key of origin EXTERNAL can be made and waits for its material; handing the
// material over is not simulated yet.

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

// checkExpiry checks what the model cannot say about the end of imported material.
func checkExpiry(c *call) *Error {
	expires := or(c.str("ExpirationModel"), "KEY_MATERIAL_EXPIRES") == "KEY_MATERIAL_EXPIRES"
	validTo := time.UnixMilli(int64(c.member("ValidTo").Float() * 1000))
	switch {
	case expires && !c.has("ValidTo"):
		return errorf(validation, "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES")
	case !expires && c.has("ValidTo"):
		return errorf(validation, "A validTo date cannot be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE")
	case expires && !validTo.After(c.Now):
		return errorf(validation, "ValidTo must be in the future")
	case expires && !validTo.Before(c.Now.Add(365*day)):
		return errorf(validation, "ValidTo must be less than 365 days in the future")
	}
	return nil
}

// checkImportable: only keys of origin EXTERNAL take imported material.
func checkImportable(key *Key) *Error {
	if key.Origin != "EXTERNAL" {
		return errorf(unsupportedOperation, "%s origin is %s which is not valid for this operation.", key.ARN, key.Origin)
	}
	return nil
}

func importKeyMaterial(c *call) (any, *Error) {
	if err := checkImportable(c.keys[0].key); err != nil {
		return nil, err
	}
	return nil, notSimulated("Imported key material")
}

// deleteImportedKeyMaterial: a key without material loses none, and says so as often as it is asked (recorded).
func deleteImportedKeyMaterial(c *call) (any, *Error) {
	key := c.keys[0].key
	if err := checkImportable(key); err != nil {
		return nil, err
	}
	if id := c.str("KeyMaterialId"); id != "" {
		return nil, errorf(validation, "Key material (id: %s) has never been imported into KMS key %s.", id, key.ARN)
	}
	return struct{ KeyId string }{key.ARN}, nil
}
