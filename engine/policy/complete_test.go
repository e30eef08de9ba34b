package policy

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
)

// here is a small world to complete in.
func here(kind Kind) Surroundings {
	return Surroundings{
		Kind: kind, Options: Options{Account: "111122223333", Region: "us-east-1"},
		Principals: []Named{{"arn:aws:iam::111122223333:root", "the account"}, {"arn:aws:iam::111122223333:user/alice", "user"}},
		Resources:  []Named{{"arn:aws:kms:us-east-1:111122223333:key/1", "alias/app"}, {"arn:aws:iam::111122223333:role/app", "role"}},
		Values: map[string][]Named{
			"kms:encryptioncontext:*": {{Text: "Department"}}, "kms:encryptioncontext:department": {{Text: "IT"}},
			"kms:calleraccount": {{Text: "111122223333"}},
		},
	}
}

// TestComplete takes texts in which ‸ is the cursor, with what is offered first, what is offered too and what is not,
// and the text that choosing the first gives, from a file.
func TestComplete(t *testing.T) {
	data, err := os.ReadFile("testdata/complete.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(data), "\n=== ")[1:] {
		head, body, _ := strings.Cut(part, "\n")
		name, kind, _ := strings.Cut(strings.TrimSuffix(head, ")"), " (")
		text, want, _ := strings.Cut(body, "\n---\n")
		offset := strings.Index(text, "‸")
		if offset < 0 {
			t.Fatalf("%s has no cursor", name)
		}
		checkComplete(t, name, text[:offset]+text[offset+len("‸"):], offset, here(Kind(kind)), strings.TrimRight(want, "\n"))
	}
}

func checkComplete(t *testing.T, name, text string, offset int, s Surroundings, want string) {
	t.Helper()
	got := Complete(text, offset, s)
	var texts []string
	for _, suggestion := range got.Suggestions {
		texts = append(texts, suggestion.Text)
	}
	for _, line := range strings.Split(want, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "all":
			if all := strings.Join(texts, " "); all != value {
				t.Errorf("%s: got %s, want %s", name, all, value)
			}
		case "has":
			for _, one := range strings.Fields(value) {
				if !slices.Contains(texts, one) {
					t.Errorf("%s: %s is not among %s", name, one, texts)
				}
			}
		case "not":
			for _, one := range strings.Fields(value) {
				if slices.Contains(texts, one) {
					t.Errorf("%s: %s is among %s", name, one, texts)
				}
			}
		case "typed":
			if typed := text[got.Typed.Start:got.Typed.End]; typed != value {
				t.Errorf("%s: typed %q, want %q", name, typed, value)
			}
		default:
			one, value, _ := strings.Cut(strings.TrimPrefix(line, "choose "), " => ")
			if i := slices.Index(texts, one); i < 0 {
				t.Errorf("%s: %q is not among %s", name, one, texts)
			} else if chosen := choose(t, text, got, got.Suggestions[i]); chosen != value {
				t.Errorf("%s: choosing gives\n%s, want\n%s", name, chosen, value)
			}
		}
	}
}

// choose puts a suggestion into the text, with ‸ where typing goes on. Line ends show as ↵.
func choose(t *testing.T, text string, c Completion, s Suggestion) string {
	t.Helper()
	before, after := text[:c.Whole.Start], text[c.Whole.End:]
	if c.Comma >= 0 {
		before = text[:c.Comma] + "," + text[c.Comma:c.Whole.Start]
	}
	return strings.ReplaceAll(before+s.Insert[:s.Caret]+"‸"+s.Insert[s.Caret:]+after, "\n", "↵")
}

// TestCompleteAnywhere holds that every prefix of every policy of the corpora, and every position of the whole, gives
// suggestions that can be put in: the place-finder knows no broken text.
func TestCompleteAnywhere(t *testing.T) {
	for _, c := range written(t) {
		text := c.text(t)
		if len(text) > 4000 {
			continue
		}
		for offset := 0; offset <= len(text); offset += 1 + len(text)/100 {
			sane(t, text[:offset], offset, here(Kind(c.kind)))
			sane(t, text, offset, here(Kind(c.kind)))
		}
	}
}

func written(t testing.TB) []policyCase {
	t.Helper()
	var cases []policyCase
	for _, file := range []string{"testdata/checks.txt", "testdata/advice.txt", "testdata/quiet.txt", "testdata/malformed.txt"} {
		cases = append(cases, readCorpus(t, file)...)
	}
	return append(cases, readValid(t)...)
}

// sane holds what is true of any completion: its spans lie in the text, and around the offset.
func sane(t *testing.T, text string, offset int, s Surroundings) {
	t.Helper()
	c := Complete(text, offset, s)
	if c.Whole.Start < 0 || c.Whole.Start > c.Typed.Start || c.Typed.Start > c.Typed.End || c.Typed.End != offset || c.Whole.End < offset || c.Whole.End > len(text) || c.Comma > c.Whole.Start {
		t.Fatalf("%q at %d: %+v", text, offset, c)
	}
	for _, one := range c.Suggestions {
		if one.Text == "" || one.Caret < 0 || one.Caret > len(one.Insert) {
			t.Fatalf("%q at %d: %+v", text, offset, one)
		}
	}
	if h, ok := HelpAt(text, offset, s); ok && (h.Text == "" || h.Span.Start > offset+1 || h.Span.End < offset-1) {
		t.Fatalf("%q at %d: %+v", text, offset, h)
	}
}

// TestWhatIsThereIsOffered holds that what a good policy has at a place is among what is offered there: elements,
// effects, operators, condition keys and the actions of KMS.
func TestWhatIsThereIsOffered(t *testing.T) {
	for _, c := range readCorpus(t, "testdata/quiet.txt") {
		text := c.text(t)
		doc, _ := Parse(text)
		for _, s := range doc.Statements {
			if !s.EffectSpan.IsValid() {
				continue
			}
			offered(t, c, text, s.EffectSpan.Start+1, string(s.Effect))
			for _, a := range s.Actions {
				if info, known := catalog.LookupAction(a.Text); known && strings.HasPrefix(a.Text, "kms:") && (Kind(c.kind) != KeyPolicy || info.OnKeyPolicy()) {
					offered(t, c, text, a.Span.Start+1, info.Name)
				}
			}
			for _, test := range s.Conditions {
				offered(t, c, text, test.OperatorSpan.Start+1, test.Operator.String())
				if info, known := catalog.LookupConditionKey(test.Key); known && !info.IsFamily() {
					offered(t, c, text, test.KeySpan.Start+1, info.Name)
				}
			}
		}
	}
}

func offered(t *testing.T, c policyCase, text string, offset int, want string) {
	t.Helper()
	if got := Complete(text, offset, here(Kind(c.kind))); !slices.ContainsFunc(got.Suggestions, func(s Suggestion) bool { return s.Text == want }) {
		t.Errorf("%s: %q is not offered at %d of %s", c.name, want, offset, text)
	}
}

// TestEverythingIsDescribed holds that no name of the policy language lacks its words and its page.
func TestEverythingIsDescribed(t *testing.T) {
	check := func(name string, d catalog.Description, ok bool) {
		if !ok || d.Text == "" || !strings.HasSuffix(d.Text, ".") || !strings.Contains(d.Page, ".html") {
			t.Errorf("%s: %+v", name, d)
		}
	}
	for _, info := range slices.Concat(catalog.KMSActions(), catalog.OtherActions()) {
		d, ok := catalog.DescribeAction(info.Name)
		check(info.Name, d, ok)
	}
	for _, info := range slices.Concat(catalog.ConditionKeys(), catalog.TrustConditionKeys()) {
		d, ok := catalog.DescribeConditionKey(info.Name)
		check(info.Name, d, ok)
	}
	for _, name := range condition.Operators() {
		d, ok := catalog.DescribeOperator(name)
		check(name, d, ok)
	}
	for _, name := range slices.Concat(documentElements, statementElements) {
		d, ok := catalog.DescribeElement(name)
		check(name, d, ok)
	}
	for _, name := range principalTypes {
		d, ok := catalog.DescribePrincipalType(name)
		check(name, d, ok)
	}
}

// TestHelp takes the text after each offset of a policy at which it changes.
func TestHelp(t *testing.T) {
	const text = `{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::111122223333:user/bob"},
"Action": ["kms:Encrypt", "kms:Re*"], "Resource": "*", "Condition": {"ForAnyValue:StringLikeIfExists": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}}}`
	for _, row := range []struct{ at, title, begins, page string }{
		{"Statement", "Statement", "The rules of the policy", "IAM/latest/UserGuide/reference_policies_elements_statement.html"},
		{"Deny", "Deny", "Who meets the statement is denied", evaluationPage},
		{"AWS", "AWS", "An account", "IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts"},
		{"arn:aws", "arn:aws:iam::111122223333:user/bob", "The user bob of account 111122223333. There is none of this name here.", principalPage},
		{"kms:Encrypt", "kms:Encrypt", "Encrypt up to 4,096 bytes", "kms/latest/APIReference/API_Encrypt.html"},
		{"kms:Re*", "kms:Re*", "Covers ReEncryptFrom, ReEncryptTo, ReplicateKey, RetireGrant, RevokeGrant.", "kms/latest/developerguide/kms-api-permissions-reference.html"},
		{`*", "Cond`, "*", "The key to which the policy belongs.", resourcePage},
		{"ForAny", "ForAnyValue:StringLikeIfExists", "For a key that is a list", "IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"},
		{"kms:Via", "kms:ViaService", "The service that uses the key", "kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service"},
		{"s3.us", "s3.us-east-1.amazonaws.com", "Compared with kms:ViaService: the service", "kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service"},
	} {
		h, ok := HelpAt(text, strings.Index(text, row.at)+1, here(KeyPolicy))
		if !ok || h.Title != row.title || !strings.HasPrefix(h.Text, row.begins) || h.Page != row.page {
			t.Errorf("%s: %+v", row.at, h)
		}
	}
	for _, at := range []string{`"kms:Encrypt`, `, "kms:Re*"`} { // before the quotes, and behind them
		if h, _ := HelpAt(text, strings.Index(text, at), here(KeyPolicy)); h.Title != "kms:Encrypt" {
			t.Errorf("beside %s: %+v", at, h)
		}
	}
	if h, ok := HelpAt(text, 0, here(KeyPolicy)); ok {
		t.Errorf("at the start: %+v", h)
	}
}

func FuzzComplete(f *testing.F) {
	for _, c := range written(f) {
		if text := c.text(f); len(text) < 2000 {
			f.Add(text, len(text)/2, string(c.kind))
		}
	}
	f.Fuzz(func(t *testing.T, text string, offset int, kind string) {
		offset = min(max(offset, 0), len(text))
		sane(t, text, offset, here(Kind(kind)))
		sane(t, text[:offset], offset, here(Kind(kind)))
	})
}

func BenchmarkComplete(b *testing.B) {
	text := `{"Version": "2012-10-17", "Statement": [` + strings.Repeat(`{"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"},`, 100) + `{"Action": "kms:`
	for b.Loop() {
		if got := Complete(text, len(text), here(IdentityPolicy)); len(got.Suggestions) == 0 {
			b.Fatal(strconv.Quote(text))
		}
	}
}
