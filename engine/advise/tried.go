package advise

import (
	"strings"

	"kmsplayground/engine"
)

// Tried is the world as it would be with another text for a policy, seen at once, and what AWS says to the text: nil when
// it takes it, else the world is as it was. A key policy is put by the principal as, every other policy by the root user
// of its account. A text that locks everybody out of its key is taken as the editor takes it, past the check.
func Tried(w *engine.World, policyID, as, text string) (*engine.World, *engine.Error) {
	key, ok := w.KMS().Key(policyID)
	if !ok {
		return performed(w, put(w, policyID, text))
	}
	tried, refused := performed(w, putKeyPolicy(key.ARN, key.Region, as, text, false))
	if refused != nil && strings.Contains(refused.Message, "will not allow you to update the key policy") {
		if tried, locked := performed(w, putKeyPolicy(key.ARN, key.Region, as, text, true)); locked == nil {
			return tried, nil
		}
	}
	return tried, refused
}

func putKeyPolicy(keyARN, region, as, text string, bypass bool) []engine.Call {
	values := map[string]any{"KeyId": keyARN, "PolicyName": "default", "Policy": text}
	if bypass {
		values["BypassPolicyLockoutSafetyCheck"] = true
	}
	return []engine.Call{{As: as, Service: "kms", Operation: "PutKeyPolicy", Region: region, Input: encode(values)}}
}

// performed makes calls on a copy of a world, and gives back the world itself when one of them is refused.
func performed(w *engine.World, calls []engine.Call) (*engine.World, *engine.Error) {
	if len(calls) == 0 {
		return w, &engine.Error{Code: "NoSuchEntity", Message: "there is no such policy that can be edited", Status: 404}
	}
	trial := w.Clone()
	var refused *engine.Error
	trial.AtOnce(func() {
		for _, c := range calls {
			if a := trial.Call(c); a.Error != nil && refused == nil {
				refused = a.Error
			}
		}
	})
	if refused != nil {
		return w, refused
	}
	return trial, nil
}
