package kms

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kmsplayground/engine/hsm"
	"kmsplayground/engine/keypair"
)

// A key can be rotated on demand 25 times in its life; automatic ones do not count.
func TestOnDemandLimit(t *testing.T) {
	w := &stateWorld{*newWorld(), region}
	w.do(t, `kms:CreateKey {}
		kms:EnableKeyRotation {"KeyId":"{{id}}","RotationPeriodInDays":90}`)
	w.step(t, 1, step{Call: "kms:ListKeys", Later: 400 * 24 * 3600})
	for range 25 { // the second request of each changes nothing
		w.do(t, `kms:RotateKeyOnDemand {"KeyId":"{{id}}"}
			kms:RotateKeyOnDemand {"KeyId":"{{id}}"}
			+100`)
	}
	want := w.fill("LimitExceededException: The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: arn:aws:kms:us-east-1:111122223333:key/{{id}}")
	for _, later := range []time.Duration{0, 99, 1000} {
		w.step(t, 2, step{Call: "kms:ListKeys", Later: later})
		if _, _, code := w.call(t, step{Call: "kms:RotateKeyOnDemand"}, w.fill(`{"KeyId":"{{id}}"}`)); code != want {
			t.Errorf("got %q\nwant %q", code, want)
		}
	}
	if n := len(w.kms.Keys()[0].materials); n != 1+4+25 {
		t.Errorf("%d materials", n)
	}
}

// lives are calls after which much comes due.
const lives = createStore + `
	kms:ConnectCustomKeyStore {"CustomKeyStoreId":"{{store}}"}
	kms:CreateKey {}
	kms:EnableKeyRotation {"KeyId":"{{id}}","RotationPeriodInDays":90}
	kms:RotateKeyOnDemand {"KeyId":"{{id}}"}
	kms:CreateAlias {"AliasName":"alias/app","TargetKeyId":"{{id}}"}
	kms:CreateKey {"MultiRegion":true}
	kms:EnableKeyRotation {"KeyId":"{{id}}","RotationPeriodInDays":120}
	kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
	kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"sa-east-1"}
	eu-west-1 kms:ScheduleKeyDeletion {"KeyId":"{{id}}","PendingWindowInDays":9}
	kms:CreateKey {"MultiRegion":true}
	kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
	kms:ScheduleKeyDeletion {"KeyId":"{{id}}","PendingWindowInDays":7}
	eu-west-1 kms:ScheduleKeyDeletion {"KeyId":"{{id}}","PendingWindowInDays":30}`

// How far the clock jumps makes no difference, nor in which steps.
func TestTickStepsMakeNoDifference(t *testing.T) {
	const days = 400
	pictures := map[string][]string{}
	for _, hours := range []int{1, 7, 24, 31 * 24, days * 24} {
		w := &stateWorld{*newWorld(), region}
		w.do(t, lives)
		end := w.now.Add(days * 24 * time.Hour)
		for w.now.Before(end) {
			w.now = w.now.Add(min(time.Duration(hours)*time.Hour, end.Sub(w.now)))
			w.kms.Tick(w.now)
		}
		p := picture(t, &w.world)
		pictures[p] = append(pictures[p], fmt.Sprint(hours))
		if n := len(w.kms.Keys()); n != 3 {
			t.Errorf("%d keys in steps of %d hours", n, hours)
		}
	}
	if len(pictures) != 1 {
		for p, steps := range pictures {
			t.Errorf("in steps of %s hours:\n%s", strings.Join(steps, ", "), p)
		}
	}
}

// The same calls give the same keys, materials and ciphertexts; another seed gives others.
func TestLivesReplay(t *testing.T) {
	run := func(seed string) string {
		w := &stateWorld{*newWorld(), region}
		w.kms = New(hsm.Seeded(seed), keypair.All{})
		w.do(t, lives)
		w.kms.Tick(w.now.AddDate(1, 0, 0))
		w.do(t, `kms:Encrypt {"KeyId":"alias/app","Plaintext":"eA=="}`)
		return picture(t, &w.world) + w.saved["blob"] + w.saved["store"]
	}
	if a, b := run("test"), run("test"); a != b {
		t.Errorf("a replay differs:\n%s\n%s", a, b)
	}
	if run("test") == run("another") {
		t.Error("another seed gives the same")
	}
}

// A clone sees nothing of what happens to the life of keys in the original, nor the other way around.
func TestLivesClone(t *testing.T) {
	w := &stateWorld{*newWorld(), region}
	w.do(t, createStore+`
		kms:ConnectCustomKeyStore {"CustomKeyStoreId":"{{store}}"}
		kms:CreateKey {"MultiRegion":true}
		kms:ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"eu-west-1"}
		+60
		kms:RotateKeyOnDemand {"KeyId":"{{id}}"}`)
	for _, change := range []string{
		`EnableKeyRotation {"KeyId":"{{id}}"}`,
		`RotateKeyOnDemand {"KeyId":"{{id}}"}`,
		`ReplicateKey {"KeyId":"{{id}}","ReplicaRegion":"sa-east-1"}`,
		`UpdatePrimaryRegion {"KeyId":"{{id}}","PrimaryRegion":"eu-west-1"}`,
		`ScheduleKeyDeletion {"KeyId":"{{id}}"}`,
		`DisconnectCustomKeyStore {"CustomKeyStoreId":"{{store}}"}`,
		`CreateKey {"Origin":"AWS_CLOUDHSM","CustomKeyStoreId":"{{store}}"}`,
		`Tick`,
	} {
		before := picture(t, &w.world)
		clone := w.world
		clone.kms = w.kms.Clone()
		name, input, _ := strings.Cut(change, " ")
		if name != "Tick" {
			if _, _, code := clone.call(t, step{Call: "kms:" + name}, w.fill(input)); code != "" {
				t.Fatal(code)
			}
		}
		clone.kms.Tick(w.now.AddDate(0, 0, 1))
		if after := picture(t, &w.world); after != before {
			t.Errorf("%s in a clone shows in the original:\n%s\n%s", change, before, after)
		}
		if picture(t, &clone) == before {
			t.Errorf("%s changed nothing", change)
		}
	}
}

// There are ten custom key stores in an account and Region.
func TestKeyStoreQuota(t *testing.T) {
	w := newWorld()
	for i := range 11 {
		input := fmt.Sprintf(`{"CustomKeyStoreName":"s%d","CloudHsmClusterId":"cluster-2abcdefghi%c","TrustAnchorCertificate":"-----BEGIN CERTIFICATE-----","KeyStorePassword":"kmsuser1"}`, i, 'a'+i)
		want := ""
		if i == 10 {
			want = "LimitExceededException: "
		}
		if _, _, code := w.call(t, step{Call: "kms:CreateCustomKeyStore"}, input); code != want {
			t.Errorf("key store %d: got %q, want %q", i+1, code, want)
		}
	}
}

// After a tick, the next has nothing to do before the service says so; and what it says is never too late.
func TestQuietTicks(t *testing.T) {
	w := &stateWorld{*newWorld(), region}
	w.do(t, lives)
	skipped := 0
	for range 500 {
		w.now = w.now.Add(13 * time.Hour)
		looked := w.kms.Clone()
		looked.quiet = time.Time{}
		quiet := w.now.Before(w.kms.quiet)
		before := picture(t, &w.world)
		w.kms.Tick(w.now)
		looked.Tick(w.now)
		other := w.world
		other.kms = looked
		switch after := picture(t, &w.world); {
		case after != picture(t, &other):
			t.Fatalf("at %v a tick that looks at every key does more", w.now)
		case quiet && after != before:
			t.Fatalf("at %v a quiet tick did something", w.now)
		case quiet:
			skipped++
		}
	}
	if skipped < 400 {
		t.Errorf("only %d of 500 ticks were quiet", skipped)
	}
}
