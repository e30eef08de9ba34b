package awscli

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kmsplayground/engine"
	"kmsplayground/engine/catalog"
)

var testFiles = map[string]string{
	"policy.json": "{\"Version\": \"2012-10-17\"}\n", "bytes": "\x00\xff\x01", "text64": "SGVsbG8=\n",
	"tags.json": `[{"TagKey":"a","TagValue":"b"}]`, "in.json": `{"KeyId": "alias/a", "Plaintext": "SGVsbG8="}`,
}

func openTest(name string) ([]byte, error) {
	if text, ok := testFiles[name]; ok {
		return []byte(text), nil
	}
	return nil, errors.New("[Errno 2] No such file or directory: '" + name + "'")
}

func noEnv(string) string { return "" }

// usage is what every usage error begins with.
const usage = usageText + "aws: error: "

func TestParse(t *testing.T) {
	for _, row := range []struct{ line, want string }{
		{"kms encrypt --key-id alias/a --plaintext SGVsbG8=", `kms Encrypt {"KeyId":"alias/a","Plaintext":"SGVsbG8="}`},
		{"kms encrypt --plaintext SGVsbG8= --key-id=alias/a --region eu-west-1", `kms Encrypt {"KeyId":"alias/a","Plaintext":"SGVsbG8="} in eu-west-1`},
		{"--region eu-west-1 kms describe-key --key-id k", `kms DescribeKey {"KeyId":"k"} in eu-west-1`},
		{"kms describe-key --key k", `kms DescribeKey {"KeyId":"k"}`},
		{"kms encrypt --key-id k --plaintext fileb://bytes", `kms Encrypt {"KeyId":"k","Plaintext":"AP8B"}`},
		{"kms encrypt --key-id k --plaintext file://text64", `kms Encrypt {"KeyId":"k","Plaintext":"SGVsbG8="}`},
		{"kms encrypt --key-id k --plaintext hello --cli-binary-format raw-in-base64-out", `kms Encrypt {"KeyId":"k","Plaintext":"aGVsbG8="}`},
		{"kms encrypt --key-id k --plaintext test", `kms Encrypt {"KeyId":"k","Plaintext":"test"}`},
		{"kms encrypt --key-id k --plaintext hello", "255 \nInvalid base64: \"hello\"\n"},
		{"kms encrypt --key-id k --plaintext x --encryption-context Department=IT,Project=x", "255 \nInvalid base64: \"x\"\n"},
		{"kms encrypt --key-id k --plaintext eA== --encryption-context Department=IT,Project=x", `kms Encrypt {"KeyId":"k","Plaintext":"eA==","EncryptionContext":{"Department":"IT","Project":"x"}}`},
		{`kms encrypt --key-id k --plaintext eA== --encryption-context {"a":"b,c"}`, `kms Encrypt {"KeyId":"k","Plaintext":"eA==","EncryptionContext":{"a":"b,c"}}`},
		{"kms create-grant --key-id k --grantee-principal g --operations Encrypt Decrypt --constraints EncryptionContextSubset={Department=IT}", `kms CreateGrant {"KeyId":"k","GranteePrincipal":"g","Operations":["Encrypt","Decrypt"],"Constraints":{"EncryptionContextSubset":{"Department":"IT"}}}`},
		{`kms create-grant --key-id k --grantee-principal g --operations ["Encrypt"]`, `kms CreateGrant {"KeyId":"k","GranteePrincipal":"g","Operations":["Encrypt"]}`},
		{"kms tag-resource --key-id k --tags TagKey=a,TagValue=b TagKey=c,TagValue=d", `kms TagResource {"KeyId":"k","Tags":[{"TagKey":"a","TagValue":"b"},{"TagKey":"c","TagValue":"d"}]}`},
		{"kms tag-resource --key-id k --tags file://tags.json", `kms TagResource {"KeyId":"k","Tags":[{"TagKey":"a","TagValue":"b"}]}`},
		{`kms tag-resource --key-id k --tags {"TagKey":"a","TagValue":"b"} {"TagKey":"c","TagValue":"d"}`, `kms TagResource {"KeyId":"k","Tags":[{"TagKey":"a","TagValue":"b"},{"TagKey":"c","TagValue":"d"}]}`},
		{"kms tag-resource --key-id k --tags TagKey=a,TagKey=b", "252 \nError parsing parameter '--tags': Second instance of key \"TagKey\" encountered for input:\nTagKey=a,TagKey=b\n         ^\nThis is often because there is a preceding \",\" instead of a space.\n"},
		{"kms tag-resource --key-id k --tags TagKey", "252 \nError parsing parameter '--tags': Expected: '=', received: 'EOF' for input:\n TagKey\n      ^\n"},
		{"kms create-key --multi-region --policy file://policy.json", `kms CreateKey {"Policy":"{\"Version\": \"2012-10-17\"}\n","MultiRegion":true}`},
		{"kms create-key --no-multi-region", `kms CreateKey {"MultiRegion":false}`},
		{"kms create-key --description -x", usage + "argument --description: expected one argument\n"},
		{"kms create-key --description=-x", `kms CreateKey {"Description":"-x"}`},
		{"kms create-key --tags", `kms CreateKey {"Tags":[]}`},
		{"kms generate-random --number-of-bytes 8", `kms GenerateRandom {"NumberOfBytes":8}`},
		{"kms generate-random --number-of-bytes x", "255 \ninvalid literal for int() with base 10: 'x'\n"},
		{"kms generate-random --number-of-bytes 0", "252 \nParameter validation failed:\nInvalid range for parameter NumberOfBytes, value: 0, valid min value: 1\n"},
		{"kms encrypt --cli-input-json file://in.json", `kms Encrypt {"KeyId":"alias/a","Plaintext":"SGVsbG8="}`},
		{"kms encrypt --cli-input-json file://in.json --key-id b", `kms Encrypt {"KeyId":"b","Plaintext":"SGVsbG8="}`},
		{`kms encrypt --cli-input-json {"KeyId":1,"Foo":2}`, "252 \nParameter validation failed:\nMissing required parameter in input: \"Plaintext\"\nInvalid type for parameter KeyId, value: 1, type: <class 'int'>, valid types: <class 'str'>\nUnknown parameter in input: \"Foo\", must be one of: KeyId, Plaintext, EncryptionContext, GrantTokens, EncryptionAlgorithm, DryRun\n"},
		{"kms encrypt --cli-input-json {}x", "252 \nError parsing parameter 'cli-input-json': Invalid JSON: Extra data: line 1 column 3 (char 2)\nJSON received: {}x\n"},
		{"kms encrypt --cli-input-json {", "252 \nError parsing parameter 'cli-input-json': Invalid JSON: the text ends too early: line 1 column 2 (char 1)\nJSON received: {\n"},
		{"kms encrypt", usage + "the following arguments are required: --key-id, --plaintext\n"},
		{"kms encrypt --key-id", usage + "argument --key-id: expected one argument\n"},
		{"kms generate-data-key --key k", usage + "ambiguous option: --key could match --key-id, --key-spec\n"},
		{"kms generate-data-key --key-id k –-key-spec AES_256", usage + "\"–-key-spec\" begins with a typographic dash; two hyphens are meant: --key-spec\n"},
		{"kms create-grant --key-id k --grantee-principal g --operations Decrypt —name x", usage + "\"—name\" begins with a typographic dash; two hyphens are meant: --name\n"},
		{"kms describe-key --key-id k --foo bar", usageText + "Unknown options: --foo, bar\n"},
		{"kms describe-key --key-id k extra", usageText + "Unknown options: extra\n"},
		{"kms describe-key --key-id file://nothing", "252 \nError parsing parameter '--key-id': Unable to load paramfile file://nothing: [Errno 2] No such file or directory: 'nothing'\n"},
		{"kms describe-key --key-id file://bytes", "252 \nError parsing parameter '--key-id': Unable to load paramfile (bytes), text contents could not be decoded.  If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.\n"},
		{"kms describe-key --key-id fileb://bytes", "252 \nParameter validation failed:\nInvalid type for parameter KeyId, value: b'\\x00\\xff\\x01', type: <class 'bytes'>, valid types: <class 'str'>\n"},
		{"kms describe-key --key-id ", "252 \nParameter validation failed:\nInvalid length for parameter KeyId, value: 0, valid min length: 1\n"},
		{"kms describ-key --key-id k", usage + "argument operation: Found invalid choice 'describ-key'\n\nMaybe you meant:\n\n  * describe-key\n"},
		{"ec2 run-instances --image-id ami-1 --count 1:2", `ec2 RunInstances {"ImageId":"ami-1","MaxCount":2,"MinCount":1}`},
		{"ec2 run-instances --image-id ami-1 --count x", "255 \ncount parameter should be of form MIN[:MAX]\n"},
		{"lambda create-function --function-name f --role arn:aws:iam::111122223333:role/r --zip-file fileb://bytes", `lambda CreateFunction {"FunctionName":"f","Role":"arn:aws:iam::111122223333:role/r","Code":{"ZipFile":"AP8B"}}`},
		{"lambda create-function --function-name f --role r --zip-file bytes", "255 \n--zip-file must be a zip file with the fileb:// prefix.\nExample usage: --zip-file fileb://path/to/file.zip\n"},
		{"lambda update-function-configuration --function-name f --environment Variables={A=1,B=2} --kms-key-arn a", `lambda UpdateFunctionConfiguration {"FunctionName":"f","Environment":{"Variables":{"A":"1","B":"2"}},"KMSKeyArn":"a"}`},
		{"lambda invoke --function-name f", usage + "the following arguments are required: outfile\n"},
		{"lambda invoke --function-name f out.json more", usageText + "Unknown options: more\n"},
		{"s3api put-object --bucket b --key k --body bytes --server-side-encryption aws:kms --ssekms-key-id x", `s3 PutObject {"Body":"AP8B","Bucket":"b","Key":"k","ServerSideEncryption":"aws:kms","SSEKMSKeyId":"x"}`},
		{"s3api put-object --bucket b --key k --body nothing", "252 \nError parsing parameter '--body': Blob values must be a path to a file.\n"},
		{"s3api get-object out --bucket b --key k", `s3 GetObject {"Bucket":"b","Key":"k"}`},
		{"logs associate-kms-key --log-group-name g --kms-key-id k", `logs AssociateKmsKey {"logGroupName":"g","kmsKeyId":"k"}`},
		{"s3 ls", usage + "argument command: Found invalid choice 's3'\n\nThe playground has " + strings.Join(serviceNames(), ", ") + ".\n"},
		{"", usage + "the following arguments are required: command\n"},
		{"kms", usage + "the following arguments are required: operation\n"},
		{"kms list-keys --output table", usage + "argument --output: 'table' is not available in the playground, which has json and text\n"},
		{"kms list-keys --output xml", usage + "argument --output: Found invalid choice 'xml'\n\n"},
		{"kms list-keys --profile p", usage + "argument --profile: there are no profiles in the playground: the step says who acts, or export AWS_ACCESS_KEY_ID and its secret\n"},
		{"kms list-keys --endpoint-url http://x", usage + "argument --endpoint-url: the playground has no network: every command reaches its own AWS\n"},
		{"kms list-keys --query [", "252 \nBad value for --query [: SyntaxError: Incomplete expression\n"},
		{"kms list-keys --limit 5", `kms ListKeys {"Limit":5}`},
		{"kms list-keys --limit 5 --max-items 3", "252 \nCannot specify --no-paginate along with pagination arguments: --max-items\n"},
		{"iam list-users --max-items 3", `iam ListUsers {}`},
		{"iam list-users --max-items 3 --no-paginate", `iam ListUsers {"MaxItems":3}`},
		{"iam simulate-custom-policy --policy-input-list {} {} --action-names kms:Decrypt kms:Encrypt --context-entries ContextKeyName=aws:MultiFactorAuthAge,ContextKeyValues=1,2,ContextKeyType=numericList ContextKeyName=aws:username,ContextKeyValues=x,ContextKeyType=string --max-items 1", `iam SimulateCustomPolicy {"PolicyInputList":["{}","{}"],"ActionNames":["kms:Decrypt","kms:Encrypt"],"ContextEntries":[{"ContextKeyName":"aws:MultiFactorAuthAge","ContextKeyValues":["1","2"],"ContextKeyType":"numericList"},{"ContextKeyName":"aws:username","ContextKeyValues":["x"],"ContextKeyType":"string"}]}`},
		{"iam simulate-custom-policy --policy-input-list {} --action-names kms:Decrypt --context-entries ContextKeyName=x,ContextKeyValues=y", "252 \nParameter validation failed:\nInvalid length for parameter ContextEntries[0].ContextKeyName, value: 1, valid min length: 5\n"},
		{"iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/u --action-names kms:Decrypt --policy-exclusion-list PolicyType=scp --resource-policy file://policy.json", `iam SimulatePrincipalPolicy {"PolicySourceArn":"arn:aws:iam::111122223333:user/u","PolicyExclusionList":[{"PolicyType":"scp"}],"ActionNames":["kms:Decrypt"],"ResourcePolicy":"{\"Version\": \"2012-10-17\"}\n"}`},
		{"iam create-policy --policy-name p --policy-document file://policy.json", `iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\": \"2012-10-17\"}\n"}`},
	} {
		t.Run(row.line, func(t *testing.T) {
			c, err := Parse(strings.Split(row.line, " "), openTest, noEnv)
			if row.line == "" {
				c, err = Parse(nil, openTest, noEnv)
			}
			got := c.Call.Service + " " + c.Call.Operation + " " + string(c.Call.Input)
			if c.Call.Region != "" {
				got += " in " + c.Call.Region
			}
			if err != nil {
				if got = err.Message; err.ExitCode != exitUsage || !strings.HasPrefix(got, usageText) {
					got = fmt.Sprint(err.ExitCode, " ", err.Message)
				}
			}
			if got != row.want {
				t.Errorf("\n got %q\nwant %q", got, row.want)
			}
		})
	}
}

func TestDashed(t *testing.T) {
	for _, row := range [][2]string{
		{"KeyId", "key-id"}, {"CustomKeyStoreId", "custom-key-store-id"}, {"PolicyARNs", "policy-arns"}, {"MultiRegion", "multi-region"},
		{"ListMFADevices", "list-mfa-devices"}, {"CreateOpenIDConnectProvider", "create-open-id-connect-provider"},
		{"GenerateDataKeyWithoutPlaintext", "generate-data-key-without-plaintext"}, {"PolicyArns", "policy-arns"},
		{"XksProxyVpcEndpointServiceName", "xks-proxy-vpc-endpoint-service-name"}, {"ListSSHPublicKeys", "list-ssh-public-keys"}, {"Tags", "tags"},
	} {
		if got := dashed(row[0]); got != row[1] {
			t.Errorf("%s: %s, want %s", row[0], got, row[1])
		}
	}
}

func TestShorthand(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"a=b", `{"a":"b"}`},
		{"a=b,c", `{"a":["b","c"]}`},
		{"a=b,c=d", `{"a":"b","c":"d"}`},
		{"a=b,c,d=e", `{"a":["b","c"],"d":"e"}`},
		{"a=[b,c],d={e=f,g=[h]}", `{"a":["b","c"],"d":{"e":"f","g":["h"]}}`},
		{"a='b,c',d=\"e=f\"", `{"a":"b,c","d":"e=f"}`},
		{`a=b\,c`, `{"a":"b,c"}`},
		{"a = b , c = d", `{"a":"b","c":"d"}`},
		{"a=", `{"a":""}`},
		{"a=,b=", `{"a":"","b":""}`},
		{"a=b=c", `{"a":"b=c"}`},
		{"aws:x/y#1=b", `{"aws:x/y#1":"b"}`},
		{"a={}", `{"a":{}}`},
		{"a=[]", `{"a":[]}`},
		{"=a", `{"":"a"}`},
		{"日=本", "Expected: '=', received: '日' for input:\n 日=本\n^"},
		{"a={b", "Expected: '=', received: 'EOF' for input:\n a={b\n    ^"},
		{"a=[b", "Expected: ',', received: 'EOF' for input:\n a=[b\n    ^"},
		{"a='b", "Expected: '<singled quoted>', received: '<none>' for input:\n a='b\n  ^"},
		{"a==b,\nc", "Expected: ',', received: '=' for input:\n a==b,\n  ^\nc"},
	} {
		value, problem := parseShorthand(row.text)
		got := problem
		if problem == "" {
			got = string(marshal(value))
		}
		if got != row.want {
			t.Errorf("%q\n got %q\nwant %q", row.text, got, row.want)
		}
	}
}

func FuzzShorthand(f *testing.F) {
	for _, seed := range []string{"a=b", "a=b,c,d=e", "a=[b,c],d={e=f}", "a='b'", `a=b\,c`, "a={b=[c]}", "TagKey=a,TagValue=b", "a==b,\nc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		value, problem := parseShorthand(text)
		if (value == nil) == (problem == "") {
			t.Fatalf("%q: %v and %q", text, value, problem)
		}
		if problem == "" {
			if _, err := decodeOrdered(marshal(value)); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
	})
}

// answering gives the outputs one after the other.
func answering(outputs ...string) func(engine.Call) engine.Answer {
	return func(engine.Call) engine.Answer {
		out := outputs[0]
		outputs = outputs[1:]
		if code, ok := strings.CutPrefix(out, "!"); ok {
			return engine.Answer{Error: &engine.Error{Code: code, Message: "no", Status: 400}}
		}
		return engine.Answer{Output: json.RawMessage(out)}
	}
}

func TestRun(t *testing.T) {
	aliases := `{"Aliases":[{"AliasArn":"arn:b","AliasName":"alias/b","CreationDate":1767258000.5},{"AliasName":"alias/c"}],"Truncated":false}`
	for _, row := range []struct {
		line    string
		outputs []string
		want    string
	}{
		{"kms enable-key --key-id k", []string{`{}`}, ""},
		{"kms enable-key --key-id k", []string{`null`}, ""},
		{"kms enable-key --key-id k --output text", []string{`null`}, ""},
		{"kms enable-key --key-id k", []string{"!DisabledException"}, "\nAn error occurred (DisabledException) when calling the EnableKey operation: no\n[254]"},
		{"kms list-aliases", []string{aliases}, "{\n    \"Aliases\": [\n        {\n            \"AliasName\": \"alias/b\",\n            \"AliasArn\": \"arn:b\",\n            \"CreationDate\": \"2026-01-01T09:00:00.500000+00:00\"\n        },\n        {\n            \"AliasName\": \"alias/c\"\n        }\n    ]\n}\n"},
		{"kms list-aliases --query Aliases[].AliasName --output text", []string{aliases}, "alias/b\talias/c\n"},
		{"kms list-aliases --query Aliases[].{N:AliasName,A:AliasArn}", []string{aliases}, "[\n    {\n        \"N\": \"alias/b\",\n        \"A\": \"arn:b\"\n    },\n    {\n        \"N\": \"alias/c\",\n        \"A\": null\n    }\n]\n"},
		{"kms list-aliases --query Aliases[].{N:AliasName,A:AliasArn} --output text", []string{aliases}, "arn:b\talias/b\nNone\talias/c\n"},
		{"kms list-aliases --output text", []string{aliases}, "ALIASES\tarn:b\talias/b\t2026-01-01T09:00:00.500000+00:00\nALIASES\t\talias/c\t\n"},
		{"kms list-aliases --output text --no-paginate", []string{aliases}, "False\nALIASES\tarn:b\talias/b\t2026-01-01T09:00:00.500000+00:00\nALIASES\t\talias/c\t\n"},
		{"kms list-keys --output text --max-items 1", []string{`{"Keys":[{"KeyId":"a"},{"KeyId":"b"}],"Truncated":false}`}, "KEYS\ta\nNEXTTOKEN\teyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==\n"},
		{"kms list-keys --output text --max-items 1 --query Keys[].KeyId", []string{`{"Keys":[{"KeyId":"a"},{"KeyId":"b"}],"Truncated":false}`}, "a\nNone\n"},
		{"kms list-aliases --query Nothing", []string{aliases}, "null\n"},
		{"kms list-aliases --query Nothing --output text", []string{aliases}, "None\n"},
		{"kms list-aliases --query length(Aliases)", []string{aliases}, "2\n"},
		{"kms list-keys", []string{`{"Keys":[{"KeyId":"a"}],"Truncated":true,"NextMarker":"m"}`, `{"Keys":[{"KeyId":"b"}],"Truncated":false}`}, "{\n    \"Keys\": [\n        {\n            \"KeyId\": \"a\"\n        },\n        {\n            \"KeyId\": \"b\"\n        }\n    ]\n}\n"},
		{"kms list-keys --query Keys[].KeyId --output text", []string{`{"Keys":[{"KeyId":"a"}],"Truncated":true,"NextMarker":"m"}`, `{"Keys":[{"KeyId":"b"}],"Truncated":false}`}, "a\nb\n"},
		{"kms list-keys --no-paginate", []string{`{"Keys":[],"Truncated":false}`}, "{\n    \"Keys\": [],\n    \"Truncated\": false\n}\n"},
		{"kms list-keys --max-items 1", []string{`{"Keys":[{"KeyId":"a"},{"KeyId":"b"}],"Truncated":false}`}, "{\n    \"Keys\": [\n        {\n            \"KeyId\": \"a\"\n        }\n    ],\n    \"NextToken\": \"eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==\"\n}\n"},
		{"organizations list-roots", []string{`{"Roots":[{"Id":"a"}],"NextToken":"1"}`, `{"Roots":[{"Id":"b"}]}`}, "{\n    \"Roots\": [\n        {\n            \"Id\": \"a\"\n        },\n        {\n            \"Id\": \"b\"\n        }\n    ]\n}\n"},
		{"organizations list-roots --max-items 1", []string{`{"Roots":[{"Id":"a"},{"Id":"b"}],"NextToken":"2"}`}, "{\n    \"Roots\": [\n        {\n            \"Id\": \"a\"\n        }\n    ],\n    \"NextToken\": \"eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==\"\n}\n"},
		{"organizations list-roots --max-items 1 --page-size 1", []string{`{"Roots":[{"Id":"a"}],"NextToken":"1"}`}, "{\n    \"Roots\": [\n        {\n            \"Id\": \"a\"\n        }\n    ],\n    \"NextToken\": \"eyJOZXh0VG9rZW4iOiAiMSJ9\"\n}\n"},
		{"organizations list-roots --max-results 1", []string{`{"Roots":[{"Id":"a"}],"NextToken":"1"}`}, "{\n    \"Roots\": [\n        {\n            \"Id\": \"a\"\n        }\n    ],\n    \"NextToken\": \"1\"\n}\n"},
		{"kms list-keys --starting-token eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==", []string{`{"Keys":[{"KeyId":"a"},{"KeyId":"b"}],"Truncated":false}`}, "{\n    \"Keys\": [\n        {\n            \"KeyId\": \"b\"\n        }\n    ]\n}\n"},
		{"kms describe-key --key-id k --query KeyMetadata.[Enabled,MultiRegion,KeyId] --output text", []string{`{"KeyMetadata":{"KeyId":"a","Enabled":true}}`}, "True\tNone\ta\n"},
		{"kms describe-key --key-id k --output text", []string{`{"KeyMetadata":{"KeyId":"a","Enabled":true,"EncryptionAlgorithms":["X"]}}`}, "KEYMETADATA\tTrue\ta\nENCRYPTIONALGORITHMS\tX\n"},
		{"kms get-key-policy --key-id k --query Policy --output text", []string{`{"Policy":"{\n  \"a\": \"<b>\"\n}"}`}, "{\n  \"a\": \"<b>\"\n}\n"},
		{"iam get-user-policy --user-name u --policy-name p", []string{`{"UserName":"u","PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"}`}, "{\n    \"UserName\": \"u\",\n    \"PolicyName\": \"p\",\n    \"PolicyDocument\": {\n        \"Version\": \"2012-10-17\",\n        \"Statement\": []\n    }\n}\n"},
		{"iam get-user-policy --user-name u --policy-name p --query PolicyDocument.Version --output text", []string{`{"PolicyDocument":"%7B%22Version%22%3A%222012-10-17%22%7D"}`}, "2012-10-17\n"},
		{"kms disable-key --generate-cli-skeleton", nil, "{\n    \"KeyId\": \"\"\n}\n"},
		{"kms list-key-policies --key-id k --generate-cli-skeleton", nil, "{\n    \"KeyId\": \"\",\n    \"Limit\": 0,\n    \"Marker\": \"\"\n}\n"},
	} {
		c, err := Parse(strings.Split(row.line, " "), openTest, noEnv)
		if err != nil {
			t.Errorf("%s: %s", row.line, err.Message)
			continue
		}
		r := c.Run(answering(row.outputs...))
		got := r.Stdout + r.Stderr
		if r.ExitCode != 0 {
			got += fmt.Sprintf("[%d]", r.ExitCode)
		}
		if got != row.want {
			t.Errorf("%s\n got %q\nwant %q", row.line, got, row.want)
		}
	}
}

func TestPrint(t *testing.T) {
	for _, row := range []struct{ service, operation, input, want string }{
		{"kms", "Encrypt", `{"KeyId":"alias/app","Plaintext":"SGVsbG8=","EncryptionContext":{"Department":"IT"}}`, "aws kms encrypt --key-id alias/app --plaintext SGVsbG8= --encryption-context Department=IT"},
		{"kms", "Encrypt", `{"KeyId":"k","Plaintext":"SGVsbG8=","EncryptionContext":{"a":"b c","d":"it's"}}`, `aws kms encrypt --key-id k --plaintext SGVsbG8= --encryption-context '{"a":"b c","d":"it'\''s"}'`},
		{"kms", "CreateGrant", `{"KeyId":"k","GranteePrincipal":"g","Operations":["Encrypt","Decrypt"],"Constraints":{"EncryptionContextSubset":{"a":"b","c":"d"}}}`, "aws kms create-grant --key-id k --grantee-principal g --operations Encrypt Decrypt --constraints 'EncryptionContextSubset={a=b,c=d}'"},
		{"kms", "CreateGrant", `{"KeyId":"k","GranteePrincipal":"g","Operations":["Encrypt"],"Constraints":{"EncryptionContextEquals":{"a":"b"}}}`, "aws kms create-grant --key-id k --grantee-principal g --operations Encrypt --constraints EncryptionContextEquals={a=b}"},
		{"kms", "PutKeyPolicy", `{"KeyId":"k","Policy":"{\n}"}`, "aws kms put-key-policy --key-id k --policy file://policy.json <policy.json:{\n}>"},
		{"kms", "PutKeyPolicy", `{"KeyId":"k","Policy":"{}","BypassPolicyLockoutSafetyCheck":true}`, "aws kms put-key-policy --key-id k --policy '{}' --bypass-policy-lockout-safety-check"},
		{"kms", "CreateKey", `{"MultiRegion":false,"Description":"-x"}`, "aws kms create-key --description=-x --no-multi-region"},
		{"kms", "CreateKey", ``, "aws kms create-key"},
		{"kms", "TagResource", `{"KeyId":"k","Tags":[{"TagKey":"a","TagValue":"b"},{"TagKey":"c","TagValue":"d"}]}`, "aws kms tag-resource --key-id k --tags TagKey=a,TagValue=b TagKey=c,TagValue=d"},
		{"kms", "Foo", `{"a":1}`, "aws kms foo --cli-input-json file://foo.json <foo.json:{\n    \"a\": 1\n}\n>"},
		{"iam", "ListUsers", `{"MaxItems":3}`, "aws iam list-users --max-items 3 --no-paginate"},
	} {
		files := ""
		got := Print(engine.Call{Service: row.service, Operation: row.operation, Input: json.RawMessage(row.input)}, func(name, content string) string {
			files += " <" + name + ":" + content + ">"
			return name
		})
		if got += files; got != row.want {
			t.Errorf("\n got %s\nwant %s", got, row.want)
		}
	}
}

// TestPrintedCommandsReadBack: for every operation of the catalog, the command that Print gives for a call is parsed
// into that call again.
func TestPrintedCommandsReadBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	n := 0
	for _, service := range services {
		for _, op := range service.operations() {
			for range 200 {
				call := engine.Call{Service: op.Service, Operation: op.Name, Input: marshal(randomInput(random, op.Input))}
				if random.IntN(4) == 0 {
					call.Region = "eu-west-1"
				}
				checkReadsBack(t, call)
				n++
			}
		}
	}
	t.Logf("%d calls of every operation", n)
}

func checkReadsBack(t *testing.T, call engine.Call) {
	t.Helper()
	files := map[string]string{}
	line := Print(call, func(name, content string) string {
		name = fmt.Sprint(len(files), name)
		files[name] = content
		return name
	})
	args := splitWords(t, line)
	c, err := Parse(args[1:], func(name string) ([]byte, error) { return []byte(files[name]), nil }, noEnv)
	if err != nil {
		t.Fatalf("%s\n%s", line, err.Message)
	}
	if c.Call.Service != call.Service || c.Call.Operation != call.Operation || string(c.Call.Input) != string(call.Input) || c.Call.Region != call.Region {
		t.Fatalf("%s\n got %s\nwant %s", line, c.Call.Input, call.Input)
	}
	calls := 0
	c.Run(func(engine.Call) engine.Answer { calls++; return engine.Answer{Output: json.RawMessage("{}")} })
	if calls != 1 {
		t.Fatalf("%s makes %d calls", line, calls)
	}
}

// splitWords undoes Quote.
func splitWords(t *testing.T, line string) []string {
	t.Helper()
	var words []string
	for len(line) > 0 {
		word := ""
		for len(line) > 0 && line[0] != ' ' {
			switch line[0] {
			case '\'':
				end := strings.IndexByte(line[1:], '\'') + 1
				word += line[1:end]
				line = line[end+1:]
			case '\\':
				word += line[1:2]
				line = line[2:]
			default:
				word += line[:1]
				line = line[1:]
			}
		}
		words = append(words, word)
		line = strings.TrimPrefix(line, " ")
	}
	return words
}

func randomInput(r *rand.Rand, fields []catalog.Field) object {
	o := object{}
	for _, f := range fields {
		if f.Required || r.IntN(2) == 0 {
			o = append(o, member{f.Name, randomValue(r, f.Shape)})
		}
	}
	return o
}

var randomTexts = []string{
	"alias/app", "IT", "-x", "a b", "it's", "{\"a\": 1}", "[x", "file://x", "fileb://x", "a\nb", "$x `y` \"z\" \\", "日本", "a=b,c=d", "true", "1", "{a,b}", "~", "#x", "*", "!x", "x\x00y", "--region", " x ", "a,b", "<&>",
}

func randomValue(r *rand.Rand, s *catalog.Shape) any {
	switch s.Type {
	case catalog.Blob:
		return make([]byte, r.IntN(5))
	case catalog.Integer:
		return json.Number(fmt.Sprint(s.Min + r.IntN(9)))
	case catalog.Boolean:
		return r.IntN(2) == 0
	case catalog.Timestamp:
		return json.Number([]string{"1767258000", "1767258000.5", "0"}[r.IntN(3)])
	case catalog.List:
		list := []any{}
		for range max(s.Min, r.IntN(4)) {
			list = append(list, randomValue(r, s.Member))
		}
		return list
	case catalog.Map:
		o := object{}
		for range r.IntN(4) {
			o = o.with(randomTexts[r.IntN(len(randomTexts))], randomValue(r, s.Member))
		}
		return o
	case catalog.Structure:
		return randomInput(r, s.Fields)
	}
	text := randomTexts[r.IntN(len(randomTexts))]
	for len([]rune(text)) < s.Min {
		text += text
	}
	return text
}

func TestQuote(t *testing.T) {
	for _, row := range [][2]string{
		{"a", "a"}, {"", "''"}, {"a b", "'a b'"}, {"it's", `'it'\''s'`}, {"a=b", "a=b"}, {"x={a=b}", "x={a=b}"}, {"x={a,b}", "'x={a,b}'"},
		{"{1..3}", "'{1..3}'"}, {"$x", "'$x'"}, {"#x", "'#x'"}, {"~", "'~'"}, {"日本", "'日本'"}, {"a\nb", "'a\nb'"},
	} {
		if got := Quote(row[0]); got != row[1] {
			t.Errorf("%q: %s, want %s", row[0], got, row[1])
		}
	}
}

func TestCloseMatches(t *testing.T) {
	got := closeMatches("encryt", []string{"decrypt", "encrypt", "re-encrypt", "tag"})
	if want := []string{"encrypt"}; !slices.Equal(got[:1], want) {
		t.Errorf("%q, want %q first", got, want)
	}
}
