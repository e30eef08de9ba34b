package wire

import (
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/catalog"
)

// FuzzWire sends requests that are signed as they should be and otherwise anything, to a world with a user, a key and an
// alias. None may panic, and none may be answered with a status of 500 or more.
func FuzzWire(f *testing.F) {
	c := member(&testing.T{}, false)
	c.kms("CreateAlias", `{"AliasName":"alias/app","TargetKeyId":"`+c.kms("CreateKey", "{}").Get("KeyMetadata.KeyId").Str+`"}`)
	for _, op := range catalog.KMS() {
		f.Add("POST", "application/x-amz-json-1.1", "TrentService."+op.Name, `{"KeyId":"alias/app","Plaintext":"aGVsbG8=","GrantTokens":["a"]}`, "", "")
	}
	for _, op := range catalog.Organizations() {
		f.Add("POST", "application/x-amz-json-1.1", "AWSOrganizationsV20161128."+op.Name, `{"TargetId":"r-1234","Filter":"SERVICE_CONTROL_POLICY"}`, "", "")
	}
	files, err := filepath.Glob("testdata/query/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		form, _, _ := strings.Cut(string(text), "\n---\n")
		version := map[bool]string{true: "2010-05-08", false: "2011-06-15"}[strings.Contains(file, "-iam-")]
		f.Add("POST", "application/x-www-form-urlencoded", "", strings.ReplaceAll(form, "\n", "&")+"&Version="+version, "", "")
	}
	f.Add("GET", "", "", "", "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/b/c/d/e", "")
	f.Add("POST", "application/x-amz-json-1.1", "TrentService.ListKeys", "{}", "", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=00")
	f.Fuzz(func(t *testing.T, method, contentType, target, body, query, authorization string) {
		fuzzed(t, c, method, contentType, target, body, query, authorization)
	})
}

// fuzzed sends one request to a copy of the client's world.
func fuzzed(t *testing.T, base *client, method, contentType, target, body, query, authorization string) int {
	t.Helper()
	c := *base
	c.world = base.world.Clone()
	c.handler = New(modelled{alone{c.world}, t}, Options{MaxBody: 1 << 16})
	service := "kms"
	switch {
	case strings.HasPrefix(target, "AWSOrganizations"):
		service = "organizations"
	case strings.Contains(body+query, "2011-06-15"):
		service = "sts"
	case target == "":
		service = "iam"
	}
	r := c.request(service, contentType, target, body, func(r *http.Request) { r.Method, r.URL.RawQuery = method, query })
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	res := c.send(r)
	if res.StatusCode >= 500 || res.StatusCode < 200 {
		t.Errorf("%s %q ?%q: %d %s", method, target, query, res.StatusCode, read(t, res))
	}
	return res.StatusCode
}

// TestManyRequests sends generated requests, 20,000 or as many as REQUESTS says, and holds that memory stays flat: it
// is measured after a tenth of them and at the end.
func TestManyRequests(t *testing.T) {
	requests := 20000
	if n, err := strconv.Atoi(os.Getenv("REQUESTS")); err == nil {
		requests = n
	}
	c := member(t, false)
	c.kms("CreateAlias", `{"AliasName":"alias/app","TargetKeyId":"`+c.kms("CreateKey", "{}").Get("KeyMetadata.KeyId").Str+`"}`)
	chance := rand.New(rand.NewPCG(1, 2))
	answers, early := map[int]int{}, uint64(0)
	for i := range requests {
		method, contentType, target, body, query, authorization := generated(chance)
		answers[fuzzed(t, c, method, contentType, target, body, query, authorization)]++
		if i == requests/10 {
			early = inUse()
		}
	}
	late := inUse()
	t.Logf("%d requests, answers by status %v, memory in use %d KB, then %d KB", requests, answers, early>>10, late>>10)
	if late > early+early/2+4<<20 {
		t.Errorf("memory grew from %d to %d bytes", early, late)
	}
	if answers[200] < requests/50 {
		t.Errorf("only %d of %d requests succeeded: the generator misses the operations", answers[200], requests)
	}
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}

// generated makes a request of any operation, half of it after the model of its input.
func generated(chance *rand.Rand) (method, contentType, target, body, query, authorization string) {
	method, contentType = "POST", "application/x-amz-json-1.1"
	s := services[chance.IntN(len(services))]
	op := &s.operations()[chance.IntN(len(s.operations()))]
	if s.target != "" {
		target, body = s.target+"."+op.Name, jsonOf(chance, op.Input)
	} else {
		contentType, body = "application/x-www-form-urlencoded", "Action="+op.Name+"&Version="+s.version+formOf(chance, op.Input, "")
	}
	switch chance.IntN(40) {
	case 0:
		method = pick(chance, "GET", "PUT", "DELETE", "")
	case 1:
		contentType = pick(chance, "", "text/plain", "application/json", ";;", "application/cbor")
	case 2:
		target = pick(chance, "TrentService", ".", "TrentService.", "TrentService.Encrypt\x00")
	case 3:
		query = pick(chance, "a=b&a=%zz", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=1", "Action=GetUser")
	case 4:
		authorization = pick(chance, "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=////", "Basic abc", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=;;, Signature=")
	case 5, 6, 7: // anything in the middle of the body
		if len(body) > 0 {
			at := chance.IntN(len(body))
			body = body[:at] + pick(chance, "\x00", `"`, "{", "[", "%", "\xff", "&", "null", strings.Repeat("[", 200)) + body[at:]
		}
	}
	return method, contentType, target, body, query, authorization
}

func pick(chance *rand.Rand, from ...string) string { return from[chance.IntN(len(from))] }

// jsonOf writes some of the fields as JSON.
func jsonOf(chance *rand.Rand, fields []catalog.Field) string {
	parts := []string{}
	for _, f := range fields {
		if f.Required || chance.IntN(3) == 0 {
			parts = append(parts, quoted(f.Name)+":"+jsonValue(chance, f.Shape, 0))
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func jsonValue(chance *rand.Rand, shape *catalog.Shape, depth int) string {
	if chance.IntN(30) == 0 {
		return pick(chance, "null", "1e999", `"\ud800"`, "[]", "{}", "-1", "true", `""`)
	}
	switch shape.Type {
	case catalog.Structure:
		return jsonOf(chance, shape.Fields)
	case catalog.List:
		return "[" + jsonValue(chance, shape.Member, depth+1) + "]"
	case catalog.Map:
		return `{"a":` + jsonValue(chance, shape.Member, depth+1) + "}"
	case catalog.Integer:
		return pick(chance, "0", "1", "7", "30", "900", "3600", "99999999999999999999")
	case catalog.Boolean:
		return pick(chance, "true", "false")
	case catalog.Timestamp:
		return pick(chance, "0", "1767258000", "1e18", "-5.5")
	case catalog.Blob:
		return quoted(pick(chance, "aGVsbG8=", "", "AAAA", "=="))
	}
	return quoted(textOf(chance, shape))
}

// textOf is often a value of the model, else a name of the world.
func textOf(chance *rand.Rand, shape *catalog.Shape) string {
	if len(shape.Enum) > 0 && chance.IntN(5) > 0 {
		return shape.Enum[chance.IntN(len(shape.Enum))]
	}
	if shape.Document || strings.Contains(shape.Name, "Policy") {
		return pick(chance, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:*","Resource":"*"}]}`,
			"{", `{"Statement":`+strings.Repeat("[", 60)+strings.Repeat("]", 60)+"}", "arn:aws:iam::aws:policy/AdministratorAccess", "default", "v1")
	}
	return pick(chance, "alias/app", "dev", "alias/aws/ebs", "arn:aws:iam::111122223333:user/dev", "default", "1234abcd-12ab-34cd-56ef-1234567890ab", "111122223333", "é\u2028", strings.Repeat("x", 300))
}

// formOf writes some of the fields as form parameters.
func formOf(chance *rand.Rand, fields []catalog.Field, prefix string) string {
	var b strings.Builder
	for _, f := range fields {
		if f.Required || chance.IntN(3) == 0 {
			b.WriteString(formValue(chance, f.Shape, prefix+f.Name))
		}
	}
	return b.String()
}

func formValue(chance *rand.Rand, shape *catalog.Shape, name string) string {
	switch shape.Type {
	case catalog.Structure:
		return formOf(chance, shape.Fields, name+".")
	case catalog.List:
		return formValue(chance, shape.Member, name+".member."+pick(chance, "1", "2", "0", "-1", "x", "999999999999999999999"))
	case catalog.Integer:
		return "&" + name + "=" + pick(chance, "1", "900", "3600", "many", "")
	case catalog.Boolean:
		return "&" + name + "=" + pick(chance, "true", "false", "maybe")
	}
	return "&" + name + "=" + encoded(textOf(chance, shape))
}

// modelled is a host that holds answers against the models: a member that they do not have would be lost in XML.
type modelled struct {
	alone
	t *testing.T
}

func (h modelled) Call(c engine.Call) (engine.Answer, error) {
	a, err := h.alone.Call(c)
	for _, s := range services {
		if op := find(s.operations(), c.Operation); s.name == c.Service && op != nil && a.Error == nil {
			strange(op.Output, gjson.ParseBytes(a.Output), func(name string) { h.t.Errorf("%s answers %s, which its model does not have", op.Name, name) })
		}
	}
	return a, err
}

// strange reports the members that fields do not have.
func strange(fields []catalog.Field, value gjson.Result, report func(string)) {
	if !value.IsObject() {
		return
	}
	value.ForEach(func(k, v gjson.Result) bool {
		i := slices.IndexFunc(fields, func(f catalog.Field) bool { return f.Name == k.Str })
		if i < 0 {
			report(k.Str)
			return true
		}
		shape := fields[i].Shape
		switch {
		case shape.Type == catalog.Structure:
			strange(shape.Fields, v, report)
		case shape.Type == catalog.List && shape.Member.Type == catalog.Structure:
			for _, item := range v.Array() {
				strange(shape.Member.Fields, item, report)
			}
		}
		return true
	})
}
