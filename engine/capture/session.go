package capture

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"kmsplayground/engine"
)

// startSession issues the credentials of the request where it matters how: with MFA, with a source identity, or for a
// federated user. Who assumed the role is not known; somebody does who is gone afterwards.
func (b *builder) startSession() {
	r := b.request
	if r == nil {
		return
	}
	switch role := roleOf(r.as); {
	case strings.Contains(r.as, ":federated-user/"):
		b.federate()
	case role != "" && (r.mfa || r.identity != ""):
		b.assume()
	case r.mfa && strings.Contains(r.as, ":user/"):
		input := object{"SerialNumber", "arn:aws:iam::" + r.account + ":mfa/captured", "TokenCode", "123456"}
		answer, _ := b.world.Call(engine.Call{Service: "sts", Operation: "GetSessionToken", As: r.as, Input: input.json()})
		if answer.Error != nil {
			b.world.Undo()
			return
		}
		_ = json.Unmarshal(answer.Output, &struct{ Credentials *engine.Credentials }{&b.session})
	}
}

// federate makes the federated user, by its IAM user or, when that one may not, by the root user.
func (b *builder) federate() {
	r := b.request
	input := object{"Name", r.as[strings.LastIndexByte(r.as, '/')+1:]}.json()
	for _, as := range [...]string{r.federator, r.account + ":root"} {
		if as == "" {
			continue
		}
		answer, _ := b.world.Call(engine.Call{Service: "sts", Operation: "GetFederationToken", As: as, Input: input})
		if answer.Error == nil {
			return
		}
		b.world.Undo()
	}
}

const assuming = "captured-session"

func (b *builder) assume() {
	r := b.request
	role := r.role
	if role == "" {
		role = b.roleNamed(roleOf(r.as))
	}
	if !b.made[role] || !b.call(r.account, "", "iam", "CreateUser", object{"UserName", assuming}) {
		return
	}
	const anything = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:*","Resource":"*"}]}`
	b.call(r.account, "", "iam", "PutUserPolicy", object{"UserName", assuming, "PolicyName", "assume", "PolicyDocument", pretty(anything)})
	input := object{"RoleArn", role, "RoleSessionName", r.as[strings.LastIndexByte(r.as, '/')+1:]}
	if r.mfa {
		input = append(input, "SerialNumber", "arn:aws:iam::"+r.account+":mfa/captured", "TokenCode", "123456")
	}
	if r.identity != "" {
		input = append(input, "SourceIdentity", r.identity)
	}
	if r.identity != "" { // takes a permission of its own
		b.call(r.account, "", "iam", "UpdateAssumeRolePolicy", object{"RoleName", plainRole(role)[len("arn:aws:iam::"+r.account+":role/"):], "PolicyDocument", strings.Replace(trustAccount(r.account), `"sts:AssumeRole"`, `"sts:*"`, 1)})
	}
	b.make(engine.Call{Service: "sts", Operation: "AssumeRole", As: "arn:aws:iam::" + r.account + ":user/" + assuming, Input: input.json()})
	b.call(r.account, "", "iam", "DeleteUserPolicy", object{"UserName", assuming, "PolicyName", "assume"})
	b.call(r.account, "", "iam", "DeleteUser", object{"UserName", assuming})
}

// roleNamed is the ARN of the role that was made, whatever its path.
func (b *builder) roleNamed(plain string) string {
	for _, name := range slices.Sorted(maps.Keys(b.made)) {
		if plainRole(name) == plain {
			return name
		}
	}
	return ""
}
