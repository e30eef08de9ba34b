package advise

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/iam"
)

// do makes a call as somebody, which must succeed.
func do(t testing.TB, w *engine.World, as, service, operation, input string) gjson.Result {
	t.Helper()
	a := w.Call(engine.Call{As: as, Service: service, Operation: operation, Input: []byte(input)})
	if a.Error != nil {
		t.Fatalf("%s: %s: %s", operation, a.Error.Code, a.Error.Message)
	}
	return gjson.ParseBytes(a.Output)
}

func principals(w *engine.World) []*iam.Principal {
	list := []*iam.Principal{}
	for _, p := range People(w) {
		list = append(list, p.Principal)
	}
	return list
}

// multiRegion is a world in which every question arises: a multi-Region key with an alias and a grant.
func multiRegion(t testing.TB, users int) (*engine.World, string) {
	t.Helper()
	w := engine.New(engine.Options{})
	key := do(t, w, "root", "kms", "CreateKey", `{"MultiRegion":true}`).Get("KeyMetadata.Arn").Str
	do(t, w, "root", "kms", "CreateAlias", `{"AliasName":"alias/app","TargetKeyId":"`+key+`"}`)
	do(t, w, "root", "kms", "CreateGrant", `{"KeyId":"`+key+`","GranteePrincipal":"arn:aws:iam::111122223333:root","Operations":["Decrypt"]}`)
	for i := range users {
		name := fmt.Sprintf("user-%03d", i)
		do(t, w, "root", "iam", "CreateUser", `{"UserName":"`+name+`"}`)
		if i%2 == 0 {
			do(t, w, "root", "iam", "PutUserPolicy", `{"UserName":"`+name+`","PolicyName":"use","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"kms:Encrypt\",\"kms:Decrypt\"],\"Resource\":\"*\"}]}"}`)
		}
	}
	return w, key
}

// notAboutKeys are the operations that no matrix of a key shows.
var notAboutKeys = []string{
	"ConnectCustomKeyStore", "CreateCustomKeyStore", "CreateKey", "DeleteCustomKeyStore", "DescribeCustomKeyStores",
	"DisconnectCustomKeyStore", "GenerateRandom", "ListAliases", "ListKeys", "ListRetirableGrants", "UpdateCustomKeyStore",
}

func TestEveryOperationIsAskedOrNotAboutKeys(t *testing.T) {
	all := slices.Concat(Operations(), notAboutKeys)
	slices.Sort(all)
	var want []string
	for _, op := range catalog.KMS() {
		want = append(want, op.Name)
	}
	if !slices.Equal(all, want) {
		t.Errorf("got  %q\nwant %q", all, want)
	}
}

// The answers of a matrix are those of the calls themselves, for every principal and operation.
func TestMatrixSaysWhatCallsAreAnswered(t *testing.T) {
	w, key := multiRegion(t, 4)
	for _, context := range []map[string]string{nil, {"Department": "IT"}} {
		q := Question{Key: key, EncryptionContext: context, Operations: AllOperations()}
		m := MatrixOf(w, q, principals(w))
		for i, person := range People(w) {
			for j, operation := range m.Operations {
				c := Example(w, q, person.Ref, operation)
				a := w.Clone().Call(c)
				want := Unasked
				if len(a.Checks) > 0 {
					var decisions []authz.Decision
					for _, x := range a.Checks {
						decisions = append(decisions, x.Decision)
					}
					want = cellOf(decisions)
				}
				if got := Cell(m.Rows[i].Cells[j]); got != want || want == Unasked {
					t.Errorf("%s %s: the matrix says %c, the call %c: %v", person.Ref, operation, got, want, a.Error)
				}
			}
		}
	}
}

func TestDiff(t *testing.T) {
	before := Matrix{Key: "k", Operations: []string{"Decrypt", "Encrypt"}, Rows: []Row{{"ann", "AN"}, {"bob", "DA"}, {"eve", "AN"}}}
	after := Matrix{Key: "k", Operations: []string{"Decrypt", "Encrypt"}, Rows: []Row{{"ann", "AA"}, {"bob", "ND"}, {"new", "-A"}}}
	got := Diff(before, after)
	want := []Change{{"k", "ann", "Encrypt", true, false, ""}, {"k", "bob", "Encrypt", false, false, ""}, {"k", "new", "Encrypt", true, false, ""}, {"k", "eve", "Decrypt", false, false, ""}}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// The bar is 100 ms in the browser, with all that comes before and after.
func BenchmarkMatrix(b *testing.B) {
	w, key := multiRegion(b, 200)
	all := principals(w)
	for b.Loop() {
		MatrixOf(w, Question{Key: key, Operations: AllOperations()}, all)
	}
}
