package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/catalog"
)

// at is a clock that tests set.
type at struct{ time.Time }

func (a *at) now() time.Time { return a.Time }

func started() *at { return &at{time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)} }

// opened is a host over dir, which is closed when the test ends.
func opened(t *testing.T, document, dir string, clock *at) *host {
	t.Helper()
	h, _, err := newHost(document, dir, clock.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.close)
	return h
}

const account = "111122223333"

// do makes a call that must succeed.
func do(t *testing.T, h *host, service, operation, input string) gjson.Result {
	t.Helper()
	a, err := h.Call(engine.Call{As: account + ":root", Service: service, Operation: operation, Input: json.RawMessage(input), Region: "eu-west-1"})
	if err != nil || a.Error != nil {
		t.Fatalf("%s: %v %+v", operation, err, a.Error)
	}
	return gjson.ParseBytes(a.Output)
}

// fill makes one of everything that a journal has to bring back, and returns the key and a ciphertext of it.
func fill(t *testing.T, h *host, clock *at) (key, ciphertext string) {
	t.Helper()
	key = do(t, h, "kms", "CreateKey", `{"Description":"a <b> & \u2028"}`).Get("KeyMetadata.Arn").Str
	ciphertext = do(t, h, "kms", "Encrypt", `{"KeyId":"`+key+`","Plaintext":"aGVsbG8="}`).Get("CiphertextBlob").Str
	do(t, h, "kms", "EnableKeyRotation", `{"KeyId":"`+key+`"}`)
	do(t, h, "iam", "CreateUser", `{"UserName":"dev"}`)
	do(t, h, "iam", "CreateAccessKey", `{"UserName":"dev"}`)
	do(t, h, "sts", "GetSessionToken", `{}`)
	clock.Time = clock.Add(time.Hour)
	do(t, h, "kms", "DescribeKey", `{"KeyId":"alias/aws/ebs"}`)
	do(t, h, "kms", "CreateGrant", `{"KeyId":"`+key+`","GranteePrincipal":"arn:aws:iam::111122223333:user/dev","Operations":["Decrypt"]}`)
	clock.Time = clock.Add(400 * 24 * time.Hour) // the key rotates meanwhile
	do(t, h, "kms", "ListKeys", `{}`)
	do(t, h, "kms", "CreateAlias", `{"AliasName":"alias/app","TargetKeyId":"`+key+`"}`)
	return key, ciphertext
}

// snapshot is all that a journal must bring back, as JSON.
func snapshot(h *host) string {
	w := h.world
	all := map[string]any{"keys": w.KMS().Keys(), "aliases": w.KMS().Aliases(account, "eu-west-1"), "accounts": w.IAM().Accounts()}
	for _, k := range w.KMS().Keys() {
		use, _ := w.KMS().LastUse(k.ARN)
		all["use "+k.ARN], all["grants "+k.ARN] = use, w.KMS().Grants(k.ARN)
	}
	for _, id := range w.IAM().Accounts() {
		all["users "+id], all["sessions "+id] = w.IAM().Users(id), len(w.IAM().Sessions(id))
	}
	return string(encode(all))
}

// TestStateComesBack holds that a journal brings back keys that decrypt, rotations, grants, credentials and managed keys.
func TestStateComesBack(t *testing.T) {
	dir, clock := t.TempDir(), started()
	h := opened(t, "", dir, clock)
	key, ciphertext := fill(t, h, clock)
	before := snapshot(h)
	h.close()
	again := opened(t, "", dir, clock)
	if after := snapshot(again); after != before {
		t.Errorf("the world that came back differs:\n%s\n%s", after, before)
	}
	if plain := do(t, again, "kms", "Decrypt", `{"CiphertextBlob":"`+ciphertext+`"}`).Get("Plaintext").Str; plain != "aGVsbG8=" {
		t.Errorf("decrypted %q", plain)
	}
	if n := do(t, again, "kms", "ListKeyRotations", `{"KeyId":"`+key+`"}`).Get("Rotations.#").Int(); n != 1 {
		t.Errorf("%d rotations came back", n)
	}
	other := do(t, again, "kms", "Encrypt", `{"KeyId":"`+key+`","Plaintext":"aGVsbG8="}`).Get("CiphertextBlob").Str
	if other == ciphertext {
		t.Error("a nonce was drawn twice")
	}
}

// TestKeysOfOtherSpecs holds that a journal brings back the same keys.
func TestKeysOfOtherSpecs(t *testing.T) {
	dir, clock := t.TempDir(), started()
	h := opened(t, "", dir, clock)
	public := map[string]string{}
	for _, input := range []string{
		`{"KeySpec":"RSA_2048","KeyUsage":"SIGN_VERIFY"}`, `{"KeySpec":"RSA_2048","KeyUsage":"ENCRYPT_DECRYPT"}`, `{"KeySpec":"ECC_NIST_P384","KeyUsage":"KEY_AGREEMENT"}`,
		`{"KeySpec":"ECC_SECG_P256K1","KeyUsage":"SIGN_VERIFY"}`, `{"KeySpec":"ML_DSA_44","KeyUsage":"SIGN_VERIFY"}`, `{"KeySpec":"ML_KEM_768","KeyUsage":"ENCAPSULATE_DECAPSULATE"}`,
	} {
		key := do(t, h, "kms", "CreateKey", input).Get("KeyMetadata.Arn").Str
		public[key] = do(t, h, "kms", "GetPublicKey", `{"KeyId":"`+key+`"}`).Get("PublicKey").Str
	}
	h.close()
	text, err := os.ReadFile(filepath.Join(dir, journalName))
	if n := bytes.Count(text, []byte(`"Primes":["`)); err != nil || n != 2 {
		t.Errorf("%d RSA keys have primes of their own: %v", n, err)
	}
	again := opened(t, "", dir, clock)
	for key, want := range public {
		if got := do(t, again, "kms", "GetPublicKey", `{"KeyId":"`+key+`"}`).Get("PublicKey").Str; got != want {
			t.Errorf("%s came back as another key:\n%s\n%s", key, got, want)
		}
	}
}

// TestImportComesBack holds that import parameters and imported key material outlive the server.
func TestImportComesBack(t *testing.T) {
	dir, clock := t.TempDir(), started()
	h := opened(t, "", dir, clock)
	key := do(t, h, "kms", "CreateKey", `{"Origin":"EXTERNAL"}`).Get("KeyMetadata.Arn").Str
	p := do(t, h, "kms", "GetParametersForImport", `{"KeyId":"`+key+`","WrappingAlgorithm":"RSAES_OAEP_SHA_256","WrappingKeySpec":"RSA_2048"}`)
	h.close()
	spki, err := base64.StdEncoding.DecodeString(p.Get("PublicKey").Str)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.ParsePKIXPublicKey(spki)
	if err != nil {
		t.Fatal(err)
	}
	wrapped, err := rsa.EncryptOAEP(sha256.New(), rand.Reader, public.(*rsa.PublicKey), make([]byte, 32), nil)
	if err != nil {
		t.Fatal(err)
	}
	again := opened(t, "", dir, clock)
	do(t, again, "kms", "ImportKeyMaterial", `{"KeyId":"`+key+`","ImportToken":"`+p.Get("ImportToken").Str+
		`","EncryptedKeyMaterial":"`+base64.StdEncoding.EncodeToString(wrapped)+`","ValidTo":`+itoa(int(clock.Unix())+3600)+`}`)
	blob := do(t, again, "kms", "Encrypt", `{"KeyId":"`+key+`","Plaintext":"aGVsbG8="}`).Get("CiphertextBlob").Str
	again.close()
	third := opened(t, "", dir, clock)
	if plain := do(t, third, "kms", "Decrypt", `{"CiphertextBlob":"`+blob+`"}`).Get("Plaintext").Str; plain != "aGVsbG8=" {
		t.Errorf("decrypted %q", plain)
	}
	clock.Time = clock.Add(time.Hour)
	if state := do(t, third, "kms", "DescribeKey", `{"KeyId":"`+key+`"}`).Get("KeyMetadata.KeyState").Str; state != "PendingImport" {
		t.Errorf("the material expired, the key is %s", state)
	}
}

// TestSecretsStayOut holds that a journal does not hold what was encrypted.
func TestSecretsStayOut(t *testing.T) {
	dir, clock := t.TempDir(), started()
	fill(t, opened(t, "", dir, clock), clock)
	text, err := os.ReadFile(filepath.Join(dir, journalName))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(text, []byte("aGVsbG8=")) {
		t.Error("a plaintext is in the journal")
	}
	if info, err := os.Stat(filepath.Join(dir, journalName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the journal: %v %v", info.Mode(), err)
	}
}

// TestTornRecord cuts a journal at every byte of its last record: all before it comes back, and it can go on.
func TestTornRecord(t *testing.T) {
	dir, clock := t.TempDir(), started()
	h := opened(t, "", dir, clock)
	do(t, h, "kms", "CreateKey", "{}")
	want := snapshot(h)
	do(t, h, "kms", "CreateKey", "{}")
	h.close()
	file := filepath.Join(dir, journalName)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	last := bytes.LastIndexByte(whole[:len(whole)-1], '\n') + 1
	for size := last; size < len(whole); size += 1 + (len(whole)-last)/40 {
		if err := os.WriteFile(file, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		h, told, err := newHost("", dir, clock.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := snapshot(h); got != want {
			t.Errorf("cut at %d: got %s, want %s", size, got, want)
		}
		if size > last && !strings.Contains(told, "of a record that was never answered are cut off") {
			t.Errorf("cut at %d: told %q", size, told)
		}
		do(t, h, "kms", "CreateKey", "{}")
		h.close()
		if h = opened(t, "", dir, clock); len(h.world.KMS().Keys()) != 2 {
			t.Errorf("cut at %d: %d keys", size, len(h.world.KMS().Keys()))
		}
		h.close()
	}
}

// TestUnreadableJournal holds that a journal with a broken record is refused with its place and left as it is.
func TestUnreadableJournal(t *testing.T) {
	dir, clock := t.TempDir(), started()
	h := opened(t, "", dir, clock)
	do(t, h, "kms", "CreateKey", "{}")
	do(t, h, "kms", "CreateKey", "{}")
	h.close()
	file := filepath.Join(dir, journalName)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	second := bytes.IndexByte(whole, '\n') + 1
	third := second + bytes.IndexByte(whole[second:], '\n') + 1
	flipped := func(i int) []byte {
		b := bytes.Clone(whole)
		b[i] ^= 1
		return b
	}
	sealed := func(text string) []byte { return append(bytes.Clone(whole[:second]), pack([]byte(text))...) }
	for _, row := range []struct {
		name   string
		broken []byte
		want   string
	}{
		{"a flipped bit", flipped(second + 100), "line 2, at byte SECOND: the record does not match its checksum"},
		{"a flipped length", flipped(second + 7), "line 2, at byte SECOND: the record has "},
		{"no length", flipped(second), "line 2, at byte SECOND: "},
		{"another file", []byte("hello\n"), "line 1, at byte 0: this is not a record"},
		{"a missing piece", append(bytes.Clone(whole[:second+50]), whole[third-10:]...), "line 2, at byte SECOND: the record has "},
		{"another format", pack([]byte(`{"Format":99}`)), "line 1, at byte 0: this is no journal of this version"},
		{"a call that fails", sealed(`{"Time":"2026-09-01T12:00:00Z","Seed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","Call":{"As":"111122223333:root","Service":"kms","Operation":"EnableKey","Input":{"KeyId":"x"}}}`), "line 2, at byte SECOND: EnableKey fails now: NotFoundException: "},
		{"another answer", sealed(`{"Time":"2026-09-01T12:00:00Z","Seed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","Call":{"As":"111122223333:root","Service":"kms","Operation":"CreateKey"},"Output":"00"}`), "line 2, at byte SECOND: CreateKey answers otherwise now; another version of the engine wrote this journal"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if err := os.WriteFile(file, row.broken, 0o600); err != nil {
				t.Fatal(err)
			}
			_, _, err := newHost("", dir, clock.now)
			want := file + ", " + strings.ReplaceAll(row.want, "SECOND", itoa(second))
			if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.HasSuffix(err.Error(), "; the file is left as it is") {
				t.Errorf("got  %v\nwant %s", err, want)
			}
			if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, row.broken) {
				t.Errorf("the journal was changed: %v", err)
			}
		})
	}
}

func itoa(n int) string { return string(encode(n)) }

// TestTwoServers holds that a folder has one server.
func TestTwoServers(t *testing.T) {
	dir, clock := t.TempDir(), started()
	opened(t, "", dir, clock)
	_, _, err := newHost("", dir, clock.now)
	if want := "another server keeps its state in " + dir; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

const document = "---\ntitle: Two users\nstart: 2026-01-01T09:00:00Z\n---\n\n```sh as=\"111122223333:root\"\naws iam create-user --user-name dev\naws kms create-key\nsleep 3600\n```\n"

// TestScenario holds that a document's world goes on at the present, and comes back with its journal.
func TestScenario(t *testing.T) {
	dir, clock := t.TempDir(), started()
	h := opened(t, document, dir, clock)
	if users := h.world.IAM().Users(account); len(users) != 1 || !h.world.Now().Equal(clock.Time) {
		t.Fatalf("%d users at %s", len(users), h.world.Now())
	}
	do(t, h, "iam", "CreateUser", `{"UserName":"new"}`)
	before := snapshot(h)
	h.close()
	h = opened(t, "", dir, clock)
	if after := snapshot(h); after != before {
		t.Errorf("got %s\nwant %s", after, before)
	}
	h.close()
	if _, _, err := newHost(document+"more", dir, clock.now); err == nil || !strings.Contains(err.Error(), "line 1, at byte 0: the journal began with another scenario") {
		t.Errorf("got %v", err)
	}
	_, _, err := newHost(strings.Replace(document, "create-key", "create-kay", 1), "", clock.now)
	if err == nil || !strings.HasPrefix(err.Error(), "the scenario: 6:1: the step does not go as the document says: ") {
		t.Errorf("got %v", err)
	}
}

// TestOnlyChangesAreKept makes every call of the world that is not to change it, and holds that nothing of it has to come
// back: the snapshot is the same, and so is the journal.
func TestOnlyChangesAreKept(t *testing.T) {
	dir, clock := t.TempDir(), started()
	h := opened(t, "", dir, clock)
	key, ciphertext := fill(t, h, clock)
	before, size := snapshot(h), fileSize(t, dir)
	for _, call := range []struct{ service, operation, input string }{
		{"kms", "DescribeKey", `{"KeyId":"` + key + `"}`}, {"kms", "ListKeys", `{}`}, {"kms", "ListGrants", `{"KeyId":"` + key + `"}`},
		{"kms", "GenerateRandom", `{"NumberOfBytes":8}`}, {"kms", "DescribeKey", `{"KeyId":"alias/aws/ebs"}`},
		{"iam", "GetUser", `{"UserName":"dev"}`}, {"iam", "ListUsers", `{}`}, {"sts", "GetCallerIdentity", `{}`},
	} {
		do(t, h, call.service, call.operation, call.input)
	}
	h.Call(engine.Call{As: account + ":root", Service: "kms", Operation: "CreateKey", Input: json.RawMessage(`{"KeySpec":"none"}`)})
	h.Call(engine.Call{As: account + ":root", Service: "kms", Operation: "DisableKey", Input: json.RawMessage(`{"KeyId":"none"}`)})
	if after := snapshot(h); after != before || fileSize(t, dir) != size {
		t.Errorf("%d bytes were written; got\n%s\nwant\n%s", fileSize(t, dir)-size, after, before)
	}
	do(t, h, "kms", "Decrypt", `{"CiphertextBlob":"`+ciphertext+`"}`)
	once := fileSize(t, dir)
	do(t, h, "kms", "Decrypt", `{"CiphertextBlob":"`+ciphertext+`"}`)
	if once == size || fileSize(t, dir) != once {
		t.Error("a key's use is kept once a minute")
	}
}

func fileSize(t *testing.T, dir string) int64 {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, journalName))
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// TestWhatChanges holds the operations of KMS and STS that are kept, by name, so that a new one is looked at. What IAM and
// AWS Organizations change follows from the first word of an operation.
func TestWhatChanges(t *testing.T) {
	h := &host{managed: map[string]bool{}}
	var kept []string
	for _, op := range append(slices.Clone(catalog.KMS()), catalog.STS()...) {
		if h.changes(engine.Call{Service: op.Service, Operation: op.Name}) {
			kept = append(kept, op.Service+":"+op.Name)
		}
	}
	golden, err := os.ReadFile("testdata/changes.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(kept, "\n") + "\n"; got != string(golden) {
		t.Errorf("these operations are kept now:\n%s", got)
	}
}

// TestAttach holds what pages see of calls, and which pages.
func TestAttach(t *testing.T) {
	h := opened(t, "", "", started())
	do(t, h, "iam", "CreateUser", `{"UserName":"dev"}`)
	do(t, h, "iam", "CreateAccessKey", `{"UserName":"dev"}`)
	key := do(t, h, "kms", "CreateKey", `{}`).Get("KeyMetadata.Arn").Str
	h.Call(engine.Call{As: "user/dev", Service: "kms", Operation: "DescribeKey", Input: json.RawMessage(`{"KeyId":"` + key + `"}`), Region: "eu-west-1"})
	get := func(target, host, origin string) (int, string) {
		r := httptest.NewRequest("GET", "http://"+host+target, nil)
		r.RemoteAddr = "127.0.0.1:1"
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		w := httptest.NewRecorder()
		h.attach().ServeHTTP(w, r)
		if w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Error("other origins may read it")
		}
		return w.Code, w.Body.String()
	}
	status, body := get("/attach/calls?after=3", "localhost:8080", "")
	call := gjson.Get(body, "Calls.0")
	if status != 200 || gjson.Get(body, "Calls.#").Int() != 1 || call.Get("Operation").Str != "DescribeKey" || call.Get("Number").Int() != 4 ||
		!strings.Contains(call.Get("Answer.Error.Message").Str, "no identity-based policy allows the kms:DescribeKey action") || !call.Get("Answer.Checks.0.Layers").IsArray() {
		t.Errorf("got %d %s", status, body)
	}
	if _, body = get("/attach/calls", "localhost:8080", ""); gjson.Get(body, "Calls.#").Int() != 4 || strings.Contains(body, "SecretAccessKey\":\"") {
		t.Errorf("got %s", body)
	}
	for look := range 2 { // an allowed call is explained when it is first looked at
		_, body = get("/attach/calls?after=2", "localhost:8080", "")
		check := gjson.Get(body, "Calls.0.Answer.Checks.0")
		if gjson.Get(body, "Calls.0.Operation").Str != "CreateKey" || check.Get("Decision").Str != "Allow" || check.Get("Reason").Str == "" || len(check.Get("Layers").Array()) < 4 {
			t.Errorf("look %d: got %s", look, body)
		}
	}
	if status, body = get("/attach/policy?id="+key, "localhost:8080", ""); status != 200 || !strings.Contains(gjson.Get(body, "Text").Str, "111122223333:root") {
		t.Errorf("got %d %s", status, body)
	}
	for _, row := range []struct{ host, origin string }{{"attacker.example", ""}, {"localhost:8080", "https://attacker.example"}} {
		if status, _ := get("/attach/calls", row.host, row.origin); status != 403 {
			t.Errorf("%v: %d", row, status)
		}
	}
	for range 3 * keptCalls {
		do(t, h, "kms", "ListKeys", "{}")
	}
	if _, body = get("/attach/calls", "localhost:8080", ""); gjson.Get(body, "Calls.#").Int() != keptCalls {
		t.Errorf("%d calls are shown", gjson.Get(body, "Calls.#").Int())
	}
}
