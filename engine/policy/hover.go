package policy

import (
	"fmt"
	"slices"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/condition"
	"kmsplayground/engine/source"
)

// Help says what stands at an offset of a policy.
type Help struct {
	Span  source.Span
	Title string // "kms:ViaService"
	Kind  SuggestionKind
	Text  string
	Page  string // below https://docs.aws.amazon.com/; empty for none
}

// HelpAt says what the name or value at an offset means. It is not ok where there is nothing to say.
func HelpAt(text string, offset int, s Surroundings) (Help, bool) {
	offset = min(max(offset, 0), len(text))
	root := outline(text)
	p := locate(root, offset)
	for _, beside := range []int{offset - 1, offset + 1} { // a cursor before or behind the quotes means what is within
		if p.in == nil {
			p = locate(root, beside)
		}
	}
	if p.in == nil || p.in.kind != '"' {
		return Help{}, false
	}
	h := Help{Span: p.in.span, Title: p.in.text}
	switch p.slot() {
	case documentElement, statementElement:
		h.describe(ElementKind, catalog.DescribeElement)
	case versionValue:
		d, _ := catalog.DescribeElement("Version")
		h.Kind, h.Text, h.Page = ValueKind, d.Text, d.Page
	case effectValue:
		h.effect()
	case principalType:
		h.describe(ElementKind, catalog.DescribePrincipalType)
	case principalName, principalValue:
		h.principal(p, s)
	case actionValue:
		h.action()
	case resourceValue:
		h.resource(s)
	case operatorKey:
		h.operator()
	case conditionKey:
		h.describe(KeyKind, catalog.DescribeConditionKey)
	case testValue:
		h.value(p, s)
	}
	return h, h.Text != ""
}

func (h *Help) describe(kind SuggestionKind, find func(string) (catalog.Description, bool)) {
	d, _ := find(h.Title)
	h.Kind, h.Text, h.Page = kind, d.Text, d.Page
}

const (
	evaluationPage = "IAM/latest/UserGuide/reference_policies_evaluation-logic.html"
	principalPage  = "IAM/latest/UserGuide/reference_policies_elements_principal.html"
	resourcePage   = "kms/latest/developerguide/concepts.html#key-id-key-ARN"
)

func (h *Help) effect() {
	h.Kind, h.Page = ValueKind, evaluationPage
	switch Effect(h.Title) {
	case Allow:
		h.Text = "Who meets the statement is allowed, unless a Deny of any policy says otherwise."
	case Deny:
		h.Text = "Who meets the statement is denied, whatever else allows it."
	}
}

func (h *Help) principal(p place, s Surroundings) {
	h.Kind, h.Page = PrincipalKind, principalPage
	a, _ := arn.Parse(h.Title)
	resource, name, _ := strings.Cut(a.Resource, "/")
	switch {
	case p.slot() == principalValue && h.Title != "*":
		return
	case h.Title == "*":
		h.Text = "Everyone: every principal of every account, unless a Condition says who is meant."
	case p.path[len(p.path)-1] == "Service":
		h.Text = "The service, when it calls in its own name."
	case isAccount(h.Title) || a.Service == "iam" && a.Resource == "root":
		account := a.Account
		if account == "" {
			account = h.Title
		}
		h.Text = "Account " + account + ": its IAM policies may allow its users and roles what this statement allows. It does not mean everybody of the account by itself."
	case a.Service == "iam" && resource == "user":
		h.Text = "The user " + name + " of account " + a.Account + "."
	case a.Service == "iam" && resource == "role":
		h.Text = "Every session of the role " + name + " of account " + a.Account + "."
	case a.Service == "sts" && resource == "assumed-role":
		h.Text = "One session of a role, by its name: " + name + "."
	case a.Service == "sts" && resource == "federated-user":
		h.Text = "The federated user " + name + "."
	}
	if h.Text == "" {
		return
	}
	if known := slices.ContainsFunc(s.Principals, func(n Named) bool { return n.Text == h.Title }); !known && a.Service == "iam" && a.Resource != "root" && len(s.Principals) > 0 {
		h.Text += " There is none of this name here."
	}
}

func (h *Help) action() {
	h.Kind = ActionKind
	if d, ok := catalog.DescribeAction(h.Title); ok {
		h.Text, h.Page = d.Text, d.Page
		return
	}
	service, _, _ := strings.Cut(h.Title, ":")
	pattern := newAction(Value{Text: h.Title})
	var names []string
	for _, info := range catalog.KMSActions() {
		if pattern.Match(info.Name) {
			names = append(names, strings.TrimPrefix(info.Name, "kms:"))
		}
	}
	h.Page = "kms/latest/developerguide/kms-api-permissions-reference.html"
	switch {
	case h.Title == "*":
		h.Text = "Every action of every service."
	case len(names) == len(catalog.KMSActions()):
		h.Text = fmt.Sprintf("Every action of AWS KMS: %d.", len(names))
	case len(names) > 0:
		const most = 8
		more := ""
		if len(names) > most {
			more = fmt.Sprintf(" and %d more", len(names)-most)
			names = names[:most]
		}
		h.Text = "Covers " + strings.Join(names, ", ") + more + "."
	case strings.EqualFold(service, "kms"):
		h.Text = "No action of AWS KMS has this name."
	default:
		h.Page = ""
	}
}

func (h *Help) resource(s Surroundings) {
	h.Kind, h.Page = ResourceKind, resourcePage
	if i := slices.IndexFunc(s.Resources, func(n Named) bool { return n.Text == h.Title }); i >= 0 && s.Resources[i].About != "" {
		h.Text = s.Resources[i].About
		return
	}
	a, _ := arn.Parse(h.Title)
	kind, name, _ := strings.Cut(a.Resource, "/")
	switch {
	case h.Title == "*" && s.Kind == KeyPolicy:
		h.Text = "The key to which the policy belongs."
	case h.Title == "*":
		h.Text = "Every resource."
	case a.Service != "kms":
		h.Page = ""
	case kind == "alias":
		h.Text = "The alias itself, for the actions on aliases. To allow the use of its key, test kms:RequestAlias or kms:ResourceAliases."
	case kind == "key" && strings.ContainsAny(name, "*?"):
		h.Text = "The keys whose ARN matches: of Region " + orAny(a.Region) + ", of account " + orAny(a.Account) + "."
	case kind == "key":
		h.Text = "One key, of Region " + orAny(a.Region) + " and account " + orAny(a.Account) + "."
		if len(s.Resources) > 0 {
			h.Text += " There is none of this ID here."
		}
	}
}

func orAny(part string) string {
	if part == "*" {
		return "any"
	}
	return part
}

func (h *Help) operator() {
	h.Kind = OperatorKind
	op, ok := condition.ParseOperator(h.Title)
	if !ok {
		return
	}
	base := strings.TrimSuffix(op.String()[strings.IndexByte(op.String(), ':')+1:], "IfExists")
	d, _ := catalog.DescribeOperator(base)
	h.Text, h.Page = operatorDetail(op), d.Page
}

// value says what the value is compared with.
func (h *Help) value(p place, s Surroundings) {
	h.Kind = ValueKind
	for _, v := range s.Values[strings.ToLower(p.path[3])] {
		if v.Text == h.Title && v.About != "" {
			h.Text = strings.TrimSuffix(v.About, ".") + ". "
			break
		}
	}
	d, ok := catalog.DescribeConditionKey(p.path[3])
	if !ok {
		return
	}
	h.Text, h.Page = h.Text+"Compared with "+p.path[3]+": "+strings.ToLower(d.Text[:1])+d.Text[1:], d.Page
}
