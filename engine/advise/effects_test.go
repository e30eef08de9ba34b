package advise

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kmsplayground/engine"
)

// aliasWorld has two keys, alias/app on the first and alias/old on the second, and a user who may decrypt through
// alias/app, with keys that carry alias/app, and with keys of project Alpha.
func aliasWorld(t *testing.T, o engine.Options) (w *engine.World, first, second string) {
	t.Helper()
	w = engine.New(o)
	root := "111122223333:root"
	first = do(t, w, root, "kms", "CreateKey", `{}`).Get("KeyMetadata.Arn").Str
	second = do(t, w, root, "kms", "CreateKey", `{}`).Get("KeyMetadata.Arn").Str
	do(t, w, root, "kms", "CreateAlias", `{"AliasName":"alias/app","TargetKeyId":"`+first+`"}`)
	do(t, w, root, "kms", "CreateAlias", `{"AliasName":"alias/old","TargetKeyId":"`+second+`"}`)
	for name, condition := range map[string]string{
		"by-request": `"StringEquals":{"kms:RequestAlias":"alias/app"}`,
		"by-alias":   `"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/app"}`,
		"by-tag":     `"StringEquals":{"aws:ResourceTag/Project":"Alpha"}`,
	} {
		text := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Encrypt","Resource":"*","Condition":{` + condition + `}}]}`
		do(t, w, root, "iam", "CreateUser", `{"UserName":"`+name+`"}`)
		document, _ := json.Marshal(text)
		do(t, w, root, "iam", "PutUserPolicy", `{"UserName":"`+name+`","PolicyName":"p","PolicyDocument":`+string(document)+`}`)
	}
	if o.Consistency == engine.Eventual {
		w.Advance(settled)
	}
	return w, first, second
}

func TestEffects(t *testing.T) {
	for _, consistency := range []engine.Consistency{engine.Immediate, engine.Eventual} {
		w, first, second := aliasWorld(t, engine.Options{Consistency: consistency})
		names := strings.NewReplacer(first, "first", second, "second", "arn:aws:iam::111122223333:user/", "", "arn:aws:kms:us-east-1:111122223333:", "")
		check := func(operation, input string, want ...string) {
			t.Helper()
			before := fmt.Sprint(w.KMS().Keys(), w.KMS().Aliases("111122223333", "us-east-1"))
			e := EffectsOf(w, []engine.Call{{As: "111122223333:root", Service: "kms", Operation: operation, Input: []byte(input)}})
			got := []string{}
			for sign, changes := range map[string][]Change{"+": e.Opens, "-": e.Closes} {
				for _, c := range changes {
					got = append(got, names.Replace(strings.TrimSpace(sign+c.Principal+" "+c.Operation+" "+c.Key+" "+c.Alias)))
				}
			}
			for _, alias := range e.Gone {
				got = append(got, names.Replace("gone "+alias))
			}
			if e.Answer.Error != nil {
				got = append(got, e.Answer.Error.Code)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s, %s %s:\ngot  %q\nwant %q", consistency, operation, input, got, want)
			}
			if after := fmt.Sprint(w.KMS().Keys(), w.KMS().Aliases("111122223333", "us-east-1")); after != before {
				t.Errorf("%s changed the world", operation)
			}
		}
		check("TagResource", `{"KeyId":"`+first+`","Tags":[{"TagKey":"Project","TagValue":"Alpha"}]}`, "+by-tag Encrypt first")
		check("TagResource", `{"KeyId":"`+first+`","Tags":[{"TagKey":"Project","TagValue":"Beta"}]}`)
		check("UpdateAlias", `{"AliasName":"alias/app","TargetKeyId":"`+second+`"}`, "+by-alias Encrypt second", "-by-alias Encrypt first")
		check("UpdateAlias", `{"AliasName":"alias/old","TargetKeyId":"`+first+`"}`, "+by-alias Encrypt first alias/old")
		check("DeleteAlias", `{"AliasName":"alias/app"}`, "-by-alias Encrypt first", "gone alias/app")
		check("DeleteAlias", `{"AliasName":"alias/none"}`, "NotFoundException")
	}
}

func TestForesee(t *testing.T) {
	w, first, _ := aliasWorld(t, engine.Options{})
	check := func(as, operation, input, code, want string) {
		t.Helper()
		f := Foresee(w, engine.Call{As: as, Service: "kms", Operation: operation, Input: []byte(input)})
		who := []string{}
		for _, p := range f.Who {
			who = append(who, p.Ref)
		}
		got := ""
		if f.Answer.Error != nil {
			got = f.Answer.Error.Code
		}
		if got != code || strings.Join(who, " ") != want {
			t.Errorf("%s %s: %q, and %v may", as, operation, got, who)
		}
	}
	key := `{"KeyId":"` + first + `"}`
	check("111122223333:root", "DisableKey", key, "", "111122223333:root")
	check("by-tag", "DisableKey", key, "AccessDeniedException", "111122223333:root")
	check("by-alias", "Encrypt", `{"KeyId":"`+first+`","Plaintext":"AAAA"}`, "", "by-alias 111122223333:root")
	if key, _ := w.KMS().Key(first); key.State != "Enabled" {
		t.Error("a question disabled the key")
	}
}
