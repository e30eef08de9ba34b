package capture

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/awscli"
	"kmsplayground/engine/catalog"
)

// send makes the request that was asked about, as the last step.
func (b *builder) send() {
	r := b.request
	if r == nil {
		return
	}
	op, ok := catalog.LookupKMS(r.operation)
	if !ok {
		b.miss("There is no operation %s of AWS KMS; the request is left out.", r.operation)
		return
	}
	if !r.isEvent {
		b.miss("How the request named the key, its encryption context and its other parameters: the message does not say; the event of CloudTrail may.")
	} else if r.code == "AccessDeniedException" && !r.input.IsObject() {
		b.miss("The parameters of the request, such as its encryption context: CloudTrail leaves them out of denied events.")
	}
	c := engine.Call{Service: "kms", Operation: r.operation, As: r.as, Region: r.region, Environment: engine.Environment{
		SourceIP: r.sourceIP, VPCEndpoint: r.vpce, ViaService: r.service,
	}}
	input := b.input(*op)
	answer := b.sendAs(c, input)
	b.sent = true
	code := ""
	if answer.Error != nil {
		code = answer.Error.Code
	}
	if code == r.code {
		return
	}
	b.miss("AWS answered %s and this world %s: something that decided is not among what was given.", said(r.code), said(code))
}

func said(code string) string {
	if code == "" {
		return "that it succeeded"
	}
	return code
}

// sendAs makes the call; the variable of the console stands where the ciphertext goes.
func (b *builder) sendAs(c engine.Call, input object) engine.Answer {
	c.Input = input.json()
	if !b.blob {
		answer, _ := b.world.Call(c)
		return answer
	}
	if c.Region == b.world.World().Options().Region {
		c.Region = ""
	}
	line := awscli.Print(c, func(name, _ string) string { return name })
	before := len(b.world.Calls())
	b.world.Run(c.As, strings.Replace(line, samples["CiphertextBlob"].(string), "$ciphertext", 1), c.Environment)
	if calls := b.world.Calls(); len(calls) > before {
		return calls[len(calls)-1].Answer
	}
	return engine.Answer{Error: &engine.Error{Code: "ParamValidation"}}
}

// samples fill parameters that nobody gave and that do not change who may.
var samples = map[string]any{
	"Plaintext": "SGVsbG8=", "CiphertextBlob": "Y2lwaGVydGV4dA==", "Message": "SGVsbG8=", "Signature": "SGVsbG8=", "Mac": "SGVsbG8=", "PublicKey": "SGVsbG8=",
	"KeySpec": "AES_256", "KeyPairSpec": "ECC_NIST_P256", "SigningAlgorithm": "ECDSA_SHA_256", "MacAlgorithm": "HMAC_SHA_256",
	"KeyAgreementAlgorithm": "ECDH", "TagKeys": []string{"name"}, "Operations": []string{"Decrypt"}, "AliasName": "alias/captured",
	"Description": "captured", "RotationPeriodInDays": 365,
}

// input is the parameters that CloudTrail recorded, under the names of the API, with samples for those that are required.
func (b *builder) input(op catalog.Operation) object {
	r := b.request
	o := object{}
	for _, f := range op.Input {
		name := strings.ToLower(f.Name[:1]) + f.Name[1:]
		given := r.input.Get(name)
		switch {
		case given.Exists() && f.Name == "Policy":
			o = append(o, f.Name, document(given))
		case given.Exists():
			o = append(o, f.Name, upper(given))
		case f.Name == "KeyId" || f.Name == "TargetKeyId" || f.Name == "DestinationKeyId":
			if r.key != "" && (f.Required || f.Name == "KeyId" && op.Name == "Decrypt" && !b.blob) {
				o = append(o, f.Name, r.key)
			}
		case f.Name == "CiphertextBlob" && b.blob:
			o = append(o, f.Name, samples[f.Name])
		case f.Name == "Policy" && f.Required:
			o = append(o, f.Name, trustAccount(b.home()))
		case f.Name == "GranteePrincipal":
			o = append(o, f.Name, "arn:aws:iam::"+b.home()+":root")
		case f.Name == "Tags" && op.Name == "TagResource":
			o = append(o, f.Name, json.RawMessage(`[{"TagKey":"name","TagValue":"captured"}]`))
		case f.Required || f.Name == "KeySpec" && op.Name == "GenerateDataKey" && !r.input.Get("numberOfBytes").Exists():
			if sample, ok := samples[f.Name]; ok {
				o = append(o, f.Name, sample)
			}
		}
	}
	return o
}

// upper gives members their names of the API; CloudTrail begins them with a small letter. The keys of an encryption
// context are the caller's own words.
func upper(v gjson.Result) json.RawMessage {
	if v.IsArray() {
		all := []json.RawMessage{}
		for _, item := range v.Array() {
			all = append(all, upper(item))
		}
		text, _ := json.Marshal(all)
		return text
	}
	if !v.IsObject() {
		return json.RawMessage(v.Raw)
	}
	o := object{}
	v.ForEach(func(name, value gjson.Result) bool {
		member := name.Str
		if known := apiName(member); known != "" {
			o = append(o, known, upper(value))
		} else {
			o = append(o, member, json.RawMessage(value.Raw))
		}
		return true
	})
	return o.json()
}

// apiName is a member's name in the API; empty for what is no member, such as the keys of an encryption context.
func apiName(member string) string {
	switch member {
	case "encryptionContextSubset", "encryptionContextEquals", "sourceArn", "tagKey", "tagValue":
		return strings.ToUpper(member[:1]) + member[1:]
	}
	return ""
}

// never tells what no output says.
func (b *builder) never() {
	b.miss("Service control policies and resource control policies, if the accounts are in an organization: no output that is read here has them.")
	if r := b.request; r != nil {
		if r.vpce != "" {
			b.miss("The policy of VPC endpoint %s.", r.vpce)
		}
		if roleOf(r.as) != "" {
			b.miss("A session policy, if %s was given one.", shortName(r.as))
		}
	}
}

// document is the scenario: what it was made from and what is missing, then what the session wrote down.
func (b *builder) document() string {
	front := b.frontMatter()
	var text strings.Builder
	text.WriteString(front)
	text.WriteString("Built from what the AWS CLI printed" + b.from() + ".\n")
	if len(b.missing) > 0 {
		text.WriteString("\nWhat a decision may depend on, and nobody said:\n\n")
		for _, m := range b.missing {
			text.WriteString("- " + plain(m.Text))
			if m.Run != "" {
				text.WriteString(" `" + m.Run + "` says it.")
			}
			text.WriteString("\n")
		}
	}
	text.WriteString("\n" + strings.TrimLeft(strings.TrimPrefix(b.world.Text(), front), "\n"))
	return text.String()
}

func (b *builder) from() string {
	ids := []string{}
	for _, a := range b.accounts {
		ids = append(ids, a.id)
	}
	switch len(ids) {
	case 0:
		return ""
	case 1:
		return " about account " + ids[0]
	}
	return fmt.Sprintf(" about accounts %s", strings.Join(ids, ", "))
}

// plain is a sentence as Markdown shows it letter by letter.
func plain(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_<>[]{}#|&~!", r) {
			b.WriteByte('\\')
		}
		if r == '\n' || r == '\r' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}
