package kms

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"kmsplayground/engine/hsm"
)

// A grant token is not secret; it names a grant. Ours is base64 of a mark, the 32 bytes of the grant id and 16 bytes of
// chance, so that every CreateGrant answers another token.
const tokenMark = "KMS Playground grant token 1"

func (c *call) grantToken(key *Key, grantID string) string {
	id, _ := hex.DecodeString(grantID)
	_, stream := c.draw(key, "granttoken")
	return base64.StdEncoding.EncodeToString([]byte(tokenMark + string(id) + string(hsm.Bytes(stream, 16))))
}

// tokenGrant reads the id of the grant that a token names.
func tokenGrant(token string) (grantID string, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		return "", false
	}
	rest, ok := strings.CutPrefix(string(raw), tokenMark)
	if !ok || len(rest) != 32+16 {
		return "", false
	}
	return hex.EncodeToString([]byte(rest[:32])), true
}

// readGrantTokens reads the tokens of the request. A token of a grant that is gone has no effect; what is no token is
// refused, with a text that is not known.
func (c *call) readGrantTokens() *Error {
	for _, token := range c.member("GrantTokens").Array() {
		id, ok := tokenGrant(token.Str)
		if !ok {
			return errorf(invalidGrantToken, "")
		}
		c.tokens = append(c.tokens, id)
	}
	return nil
}
