package kms

// The operations of asymmetric and HMAC keys. Such keys cannot be made yet; with the keys that there are, the operations
// answer what AWS answers about a key of another usage.

// otherUsage refuses the key for its usage.
func otherUsage(c *call) (any, *Error) {
	key := c.keys[0].key
	return nil, errorf(invalidKeyUsage, "%s key usage is %s which is not valid for %s.", key.ARN, key.Usage, c.op.name)
}

// parameterCondition sets a condition key from the parameter of its name, or its default.
func parameterCondition(parameter, missing string) func(*call, *filler) {
	return func(c *call, f *filler) {
		if value := or(c.str(parameter), missing); value != "" {
			f.set("kms:"+parameter, value)
		}
	}
}

// signConditions: that the default of MessageType counts follows from the guide's general rule on defaults.
func signConditions(c *call, f *filler) {
	parameterCondition("MessageType", "RAW")(c, f)
	parameterCondition("SigningAlgorithm", "")(c, f)
}

func refuseRecipient(c *call) *Error {
	if c.has("Recipient") {
		return notSimulated("Recipient")
	}
	return nil
}
