package kms

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"kmsplayground/engine/catalog"
)

var update = flag.Bool("update", false, "write testdata/identifiers.golden")

// identifiers are the ways in which a request can fail to name a key that it may use.
var identifiers = []struct{ name, value string }{
	{"absent", `null`},
	{"empty", `""`},
	{"malformed id", `"fake-key-id"`},
	{"malformed id of a multi-Region key", `"mrk-fake-key-id"`},
	{"no ARN", `"arn:aws:kms"`},
	{"ARN of another service", `"arn:aws:s3:::bucket"`},
	{"ARN of a key that is called an alias", `"arn:aws:kms:us-east-1:111122223333:key/alias/aws/sqs"`},
	{"id that no key has", `"00000000-0000-0000-0000-000000000000"`},
	{"ARN that no key has", `"arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000"`},
	{"ARN of another Region", `"arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-0000-0000-000000000000"`},
	{"ARN that no key of another account has", `"arn:aws:kms:us-east-1:444455556666:key/00000000-0000-0000-0000-000000000000"`},
	{"ARN of a key that another account does not share", `"{{theirs}}"`},
	{"alias", `"alias/app"`},
	{"alias that is not there", `"alias/none"`},
	{"ARN of an alias of another account", `"arn:aws:kms:us-east-1:444455556666:alias/theirs"`},
	{"ARN of an alias that another account does not have", `"arn:aws:kms:us-east-1:444455556666:alias/none"`},
}

// identifierCalls are a call of every operation for each parameter that names a key.
func identifierCalls() [][2]string {
	calls := [][2]string{{"RetireGrant", `{"KeyId":"{{id}}","GrantId":"{{grant}}"}`}}
	for _, row := range stateWalk {
		if strings.Contains(row.input, `"{{id}}"`) {
			calls = append(calls, [2]string{row.name, row.input})
		}
	}
	slices.SortFunc(calls, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return calls
}

// TestIdentifiers lists what every operation answers to every such identifier.
func TestIdentifiers(t *testing.T) {
	w := &stateWorld{*newWorld(), region}
	w.do(t, `kms:CreateKey {}
		kms:CreateAlias {"AliasName":"alias/other","TargetKeyId":"{{id}}"}
		kms:Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}`)
	w.saved["other"], w.saved["otherblob"] = w.saved["id"], w.saved["blob"]
	w.do(t, `kms:CreateKey {}
		kms:CreateAlias {"AliasName":"alias/app","TargetKeyId":"{{id}}"}
		kms:Encrypt {"KeyId":"{{id}}","Plaintext":"eA=="}
		kms:CreateGrant {"KeyId":"{{id}}","GranteePrincipal":"111122223333","Operations":["Encrypt"]}
		iam:CreateUser {"UserName":"admin"}
		iam:AttachUserPolicy {"UserName":"admin","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}`)
	w.step(t, 0, step{As: "444455556666:root", Call: "kms:CreateKey", Save: map[string]string{"theirs": "KeyMetadata.Arn"}})
	w.step(t, 0, step{As: "444455556666:root", Call: "kms:CreateAlias", Input: []byte(`{"AliasName":"alias/theirs","TargetKeyId":"{{theirs}}"}`)})
	golden := "What each operation answers to an identifier that leads to no key it may use, to a caller that may do everything.\n" +
		"ReEncrypt/from and ReEncrypt/to are about SourceKeyId and DestinationKeyId.\n"
	for _, id := range identifiers {
		golden += "\n" + id.name + ": " + id.value + "\n" + w.answersTo(t, id.value)
	}
	if *update {
		if err := os.WriteFile("testdata/identifiers.golden", []byte(golden), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/identifiers.golden")
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != golden {
		t.Errorf("testdata/identifiers.golden differs; if the change is meant, go test -update and read the difference")
	}
}

// answersTo groups the operations by what they answer; that of the most comes first.
func (w *stateWorld) answersTo(t *testing.T, identifier string) string {
	t.Helper()
	operations := map[string][]string{}
	for _, c := range identifierCalls() {
		copied := *w
		copied.kms = w.kms.Clone()
		input := w.fill(strings.Replace(c[1], `"{{id}}"`, identifier, 1))
		_, _, answer := copied.call(t, step{As: "admin", Call: "kms:" + operationOf(c[0])}, input)
		for _, half := range []string{"From", "To", ""} {
			answer = strings.ReplaceAll(answer, "kms:"+operationOf(c[0])+half+" ", "kms:OPERATION ")
		}
		answer = strings.ReplaceAll(answer, "valid for "+operationOf(c[0])+".", "valid for OPERATION.")
		if answer == "" {
			answer = "succeeds"
		}
		operations[answer] = append(operations[answer], c[0])
	}
	var groups []string
	for answer := range operations {
		groups = append(groups, answer)
	}
	slices.SortFunc(groups, func(a, b string) int {
		if n := len(operations[b]) - len(operations[a]); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	text := ""
	for _, answer := range groups {
		text += "  " + answer + "\n      " + strings.Join(operations[answer], " ") + "\n"
	}
	return text
}

// TestEveryIdentifierIsCalled holds that no operation with a parameter that names a key is left out.
func TestEveryIdentifierIsCalled(t *testing.T) {
	called := map[string]bool{}
	for _, c := range identifierCalls() {
		called[operationOf(c[0])] = true
	}
	for i := range catalog.KMS() {
		op := &catalog.KMS()[i]
		names := slices.ContainsFunc(op.Input, func(f catalog.Field) bool { return strings.HasSuffix(f.Name, "KeyId") && f.Name != "XksKeyId" })
		if names != called[op.Name] {
			t.Errorf("%s names a key: %v, is called: %v", op.Name, names, called[op.Name])
		}
	}
}

// stages are what a request goes through, in order, and how a CreateGrant fails at each: what changes in its input, who
// calls, what is done to the key, and the beginning of the answer.
var stages = []struct{ name, member, value, as, before, answer string }{
	{"decoding", "Name", `5`, "", "", "SerializationException: "},
	{"the model", "Name", `"not a name"`, "", "", "ValidationException: 1 validation error detected: Value 'not a name' at 'name'"},
	{"the operation's own rules", "Operations", `["CreateGrant"]`, "", "", "ValidationException: Grants must not contain only the CreateGrant operation."},
	{"grant tokens", "GrantTokens", `["none"]`, "", "", "InvalidGrantTokenException: "},
	{"lookup", "KeyId", `"00000000-0000-0000-0000-000000000000"`, "", "", "NotFoundException: Key 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000' does not exist"},
	{"authorization", "", "", "nobody", "", "AccessDeniedException: User: arn:aws:iam::111122223333:user/nobody"},
	{"the state of the key", "", "", "", `kms:ScheduleKeyDeletion {"KeyId":"{{id}}"}`, "KMSInvalidStateException: {{arn}} is pending deletion."},
	{"what the operation finds", "GranteePrincipal", `"arn:aws:iam::111122223333:role/none"`, "", "", "InvalidArnException: ARN does not refer to a valid principal: arn:aws:iam::111122223333:role/none"},
}

// TestOrderOfStages holds that a request that fails at two stages answers with the earlier one.
func TestOrderOfStages(t *testing.T) {
	for i, first := range stages {
		for j := i; j < len(stages); j++ {
			second := stages[j]
			if first.member != "" && first.member == second.member && i != j {
				continue // one value cannot be wrong in both ways
			}
			t.Run(first.name+", then "+second.name, func(t *testing.T) {
				w := &stateWorld{*newWorld(), region}
				w.do(t, `kms:CreateKey {}
					iam:CreateUser {"UserName":"nobody"}
					`+first.before+second.before)
				members := map[string]string{"KeyId": `"{{id}}"`, "GranteePrincipal": `"111122223333"`, "Operations": `["Decrypt"]`}
				as := ""
				for _, s := range []int{j, i} {
					if stages[s].member != "" {
						members[stages[s].member] = stages[s].value
					}
					as += stages[s].as
				}
				if i == j {
					as = first.as
				}
				var parts []string
				for name, value := range members {
					parts = append(parts, `"`+name+`":`+value)
				}
				slices.Sort(parts)
				_, _, got := w.call(t, step{As: as, Call: "kms:CreateGrant"}, w.fill("{"+strings.Join(parts, ",")+"}"))
				w.saved["arn"] = "arn:aws:kms:us-east-1:111122223333:key/" + w.saved["id"]
				if want := w.fill(first.answer); !strings.HasPrefix(got, want) {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
}
