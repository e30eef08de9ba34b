package capture

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
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
	if !b.aim(*op) {
		return
	}
	b.askParameters()
	b.regional()
	c := engine.Call{Service: "kms", Operation: r.operation, As: r.as, Region: r.region, Credentials: b.session, Environment: engine.Environment{
		SourceIP: r.sourceIP, VPCEndpoint: r.vpce, ViaService: r.service,
	}}
	answer := b.sendAs(c, b.input(*op))
	b.sent = true
	b.compare(answer)
}

// regional names a service that calls for itself as grants name it: dynamodb.us-east-1.amazonaws.com.
func (b *builder) regional() {
	r := b.request
	service, isService := strings.CutSuffix(r.as, ".amazonaws.com")
	for _, k := range b.keys {
		for _, g := range k.grants {
			if name := service + "." + k.region + ".amazonaws.com"; isService && k.arn == r.key && g.Get("GranteePrincipal").Str == name {
				r.as = name
			}
		}
	}
}

// aim makes sure that a request has a key which needs one.
func (b *builder) aim(op catalog.Operation) bool {
	r := b.request
	needs := slices.ContainsFunc(op.Input, func(f catalog.Field) bool {
		return f.Name == "CiphertextBlob" || f.Required && strings.HasSuffix(f.Name, "KeyId")
	})
	if r.key != "" || !needs || r.input.Get("keyId").Str != "" || r.input.Get("targetKeyId").Str != "" {
		return true
	}
	if k := b.likely(); k != nil {
		r.key, r.region = k.arn, cmp.Or(r.region, k.region)
		b.ask(b.events(), "Which key the request was for; here it is %s.", k.arn)
		b.prepare(k)
		return true
	}
	b.ask(b.events(), "Which key the request was for; it is left out.")
	return false
}

// likely is the key of a request that does not name it: the only one, or the only one of another account, of which AWS
// does not say more.
func (b *builder) likely() *key {
	if k := b.only(""); k != nil || b.request.because != elsewhere {
		return k
	}
	others := slices.DeleteFunc(slices.Clone(b.keys), func(k *key) bool { return k.account == b.request.account })
	if len(others) != 1 {
		return nil
	}
	return others[0]
}

// events is the command that prints the events of the operation.
func (b *builder) events() string {
	r := b.request
	run := "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=" + r.operation
	if r.region != "" {
		run += " --region " + r.region
	}
	return run
}

// askParameters asks for what is not said of the request.
func (b *builder) askParameters() {
	r := b.request
	switch {
	case !r.isEvent():
		b.ask(b.events(), "How the request named the key, its encryption context and its other parameters: the message does not say; the event of CloudTrail may.")
	case r.code == "AccessDeniedException" && !r.input.IsObject():
		b.miss("The parameters of the request, such as its encryption context: CloudTrail leaves them out of denied events.")
	}
	if r.calling != "" && r.service != "" {
		b.ask(b.events(), "The encryption context that %s sends to AWS KMS for %s.", r.service, r.calling)
	}
	r.input.ForEach(func(name, value gjson.Result) bool {
		if strings.HasPrefix(value.Str, "HIDDEN_DUE_TO_SECURITY") {
			b.miss("The parameter %s of the request, which CloudTrail hides.", name.Str)
		}
		return true
	})
}

// compare says where AWS answered otherwise.
func (b *builder) compare(answer engine.Answer) {
	r, code, message := b.request, "", ""
	if answer.Error != nil {
		code, message = answer.Error.Code, answer.Error.Message
	}
	ours := reasonOf(message)
	switch {
	case code != r.code:
		b.miss("AWS answered %s and this world %s: something that decided is not among what was given.", said(r.code), said(code))
	case code == "AccessDeniedException" && r.because != "" && ours != "" && r.because != ours:
		b.miss("AWS named as its reason: %s; this world: %s. Something that decided is not among what was given.", r.because, ours)
	}
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
	if k := c.Credentials; k.AccessKeyId != "" {
		line = "AWS_ACCESS_KEY_ID=" + k.AccessKeyId + " AWS_SECRET_ACCESS_KEY=" + awscli.Quote(k.SecretAccessKey) + " AWS_SESSION_TOKEN=" + awscli.Quote(k.SessionToken) + " " + line
	}
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
		if strings.HasPrefix(given.Str, "HIDDEN_DUE_TO_SECURITY") {
			given = gjson.Result{}
		}
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
		case f.Required || f.Name == "KeySpec" && strings.HasPrefix(op.Name, "GenerateDataKey") && !r.input.Get("numberOfBytes").Exists():
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
	b.askGuards()
	for _, m := range b.cut {
		b.ask(m.Run, "%s", m.Text)
	}
	r := b.request
	if r == nil {
		return
	}
	if r.vpce != "" && !slices.ContainsFunc(b.endpoints, func(e endpoint) bool { return e.id == r.vpce }) {
		b.ask("aws ec2 describe-vpc-endpoints --vpc-endpoint-ids "+r.vpce+" --region "+r.region, "The policy of VPC endpoint %s.", r.vpce)
	}
	if roleOf(r.as) != "" {
		b.miss("A session policy, if %s was given one.", shortName(r.as))
	}
	if strings.Contains(r.as, ":federated-user/") {
		b.miss("The session policy of %s: without one a federated user has the permissions that key policies and grants give it.", shortName(r.as))
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
