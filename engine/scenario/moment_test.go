package scenario

import (
	"testing"

	"kmsplayground/engine"
)

const moments = "```sh as=\"root\"\n" + `aws iam create-user --user-name ann
key=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/app --target-key-id $key
` + "```\n\n```sh as=\"root\" wait=\"5m\"\naws kms enable-key-rotation --key-id $key\nsleep 90\naws kms tag-resource --key-id $key --tags TagKey=a,TagValue=b\n```\n"

// Every moment of a session is the world that a session of only so many calls has.
func TestMoments(t *testing.T) {
	s := open(moments)
	s.Wait(3 * 60e9)
	s.Call(engine.Call{As: "root", Service: "kms", Operation: "ListKeys", Input: []byte("{}")})
	s.Call(engine.Call{As: "root", Service: "iam", Operation: "CreateUser", Input: []byte(`{"UserName":"bob"}`)})
	texts := map[string]bool{}
	for n := 0; n <= len(s.Calls()); n++ {
		m := s.After(n)
		w := m.World()
		if n > 0 && n < len(s.Calls()) && !w.Now().Equal(s.Calls()[n-1].Time) {
			t.Errorf("after %d calls it is %s, then it was %s", n, w.Now(), s.Calls()[n-1].Time)
		}
		if got := len(w.Trail()); n < len(s.Calls()) && got != n {
			t.Errorf("after %d calls there are %d events", n, got)
		}
		if texts[m.Text] {
			t.Errorf("after %d calls: another moment has the same text", n)
		}
		texts[m.Text] = true
	}
	full := s.After(99)
	if full.World() != s.World() || full.Text != s.Text() {
		t.Error("the last moment is not the present")
	}
	key := s.World().KMS().Keys()[0].ARN
	if k, ok := s.After(2).World().KMS().Key(key); !ok || len(k.Aliases) != 0 {
		t.Errorf("after two calls the key is %v", k)
	}
	if k, _ := s.After(3).World().KMS().Key(key); len(k.Aliases) != 1 {
		t.Errorf("after three calls its aliases are %v", k.Aliases)
	}
	if len(s.Opened().World().IAM().Users("111122223333")) != 1 || s.Opened().Text != moments {
		t.Error("as opened there is another document")
	}
	if s.Before().Text == s.Text() || s.Before().World() == s.World() {
		t.Error("before the last change is now")
	}
}

// An edit that follows an edit of the same policy starts from before it.
func TestBeneath(t *testing.T) {
	s := open(moments)
	key := s.World().KMS().Keys()[0]
	s.Edit(key.ARN, "root", key.PolicyText+" ")
	if got := s.Beneath(key.ARN).Text; got != moments {
		t.Errorf("it starts from\n%s", got)
	}
	if got := s.Beneath("111122223333/user/ann/inline/x").Text; got != s.Text() {
		t.Errorf("another one starts from\n%s", got)
	}
}
