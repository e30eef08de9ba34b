package capture

import (
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
)

// model is what the inputs say.
type model struct {
	accounts  []*account
	keys      []*key
	known     []string // ARNs of keys that list-keys names
	request   *request
	caller    string // ARN of get-caller-identity
	at        time.Time
	loose     []piece // outputs about a key of which nobody says yet which
	settling  bool    // everything was read once
	current   *key    // that the last describe-key output was about
	role      *identity
	policy    string // ARN of the managed policy that the last get-policy output was about
	managed   map[string]string
	unnamed   []*request // events that name their caller by its unique id alone
	org       organization
	endpoints []endpoint
	problems  []Problem // within lists
	cut       []Missing // outputs that end before their last entry
}

// account is what is known of one; described when get-account-authorization-details said all.
type account struct {
	id         string
	described  bool
	identities []*identity
}

// identity is a user, group or role.
type identity struct {
	kind, arn, name, path, id string // kind: "user", "group", "role"
	boundary                  string // ARN
	tags                      gjson.Result
	trust                     string
	inline                    []inlinePolicy
	attached                  []string // ARNs
	groups                    []string // names
	saidInline, saidAttached  bool
	chosen                    bool // described on its own
}

type inlinePolicy struct{ name, text string }

type key struct {
	arn, account, region, id string
	metadata, rotation       gjson.Result
	policy                   string
	aliases                  []string
	tags, grants             []gjson.Result
	saidAliases, saidTags    bool
	saidGrants               bool
	folder                   string // of the file that describes it
}

// endpoint is a VPC endpoint.
type endpoint struct{ id, account, region, vpc, service, policy string }

// Where a request is known from; a later one says more.
const (
	fromSimulator = iota
	fromDecoded
	fromMessage
	fromEvent
)

// request is what was asked and how AWS answered.
type request struct {
	weight    int
	as        string // ARN, or the name of a service
	role      string // ARN of the role of a session, when it is said
	id        string // unique id of the caller
	account   string
	operation string
	region    string
	key       string // ARN
	input     gjson.Result
	code      string // error code of the API, empty when it succeeded
	because   string // what decided, in AWS's words
	calling   string // operation of another service that called KMS for it
	service   string // that called for the principal: "ec2"
	sourceIP  string
	vpce      string
	mfa       bool
	identity  string // source identity of the session
	federator string // ARN of the user that a federated user comes from
	part      Part
}

func (r *request) isEvent() bool { return r.weight == fromEvent }

// ask takes a request over if it says more than the one before: a refused one before one that succeeded, and of equals
// the first.
func (m *model) ask(r *request) {
	rank := func(r *request) int {
		switch {
		case r.code == "AccessDeniedException":
			return 20 + r.weight
		case r.code != "":
			return 10 + r.weight
		}
		return r.weight
	}
	if m.request == nil || rank(r) > rank(m.request) {
		m.request = r
	}
}

func (m *model) account(id string) *account {
	for _, a := range m.accounts {
		if a.id == id {
			return a
		}
	}
	a := &account{id: id}
	m.accounts = append(m.accounts, a)
	slices.SortFunc(m.accounts, func(a, b *account) int { return strings.Compare(a.id, b.id) })
	return a
}

// identity finds a user, group or role by its ARN, or makes one; nil for what is no ARN of one.
func (m *model) identity(name string) *identity {
	a, ok := arn.Parse(name)
	kind, rest, _ := strings.Cut(a.Resource, "/")
	if !ok || a.Service != "iam" || !isAccount(a.Account) || rest == "" || kind != "user" && kind != "group" && kind != "role" {
		return nil
	}
	at := m.account(a.Account)
	for _, i := range at.identities {
		if i.arn == name {
			return i
		}
	}
	short := rest[strings.LastIndexByte(rest, '/')+1:]
	i := &identity{kind: kind, arn: name, name: short, path: "/" + rest[:len(rest)-len(short)]}
	at.identities = append(at.identities, i)
	return i
}

// namedIdentity finds one by its kind and name in any account.
func (m *model) namedIdentity(kind, name string) *identity {
	for _, a := range m.accounts {
		for _, i := range a.identities {
			if i.kind == kind && i.name == name {
				return i
			}
		}
	}
	return nil
}

// identityWithID finds one by its unique id.
func (m *model) identityWithID(id string) *identity {
	for _, a := range m.accounts {
		for _, i := range a.identities {
			if i.id != "" && i.id == id {
				return i
			}
		}
	}
	return nil
}

// key finds a key by its ARN, or makes one; nil for what is not the ARN of a key.
func (m *model) key(name string) *key {
	a, ok := arn.Parse(name)
	id, isKey := strings.CutPrefix(a.Resource, "key/")
	if !ok || !isKey || !engine.IsKeyARN(name) || !isAccount(a.Account) || !isRegion(a.Region) {
		return nil
	}
	for _, k := range m.keys {
		if k.arn == name {
			return k
		}
	}
	k := &key{arn: name, account: a.Account, region: a.Region, id: id}
	m.keys = append(m.keys, k)
	m.account(a.Account)
	return k
}

// keyOf finds a key by its id, ARN or alias; outputs and commands name it each way. region may be empty.
func (m *model) keyOf(name, region string) *key {
	if k := m.key(name); k != nil {
		return k
	}
	for _, k := range m.keys {
		if (k.id == name || k.hasAlias(name)) && (region == "" || k.region == region) {
			return k
		}
	}
	for _, known := range m.known {
		if a, _ := arn.Parse(known); a.Resource == "key/"+name && (region == "" || a.Region == region) {
			return m.key(known)
		}
	}
	return nil
}

func (k *key) hasAlias(name string) bool {
	a, isARN := arn.Parse(name)
	if isARN && (a.Account != k.account || a.Region != k.region) {
		return false
	}
	if isARN {
		name = a.Resource
	}
	return slices.Contains(k.aliases, name)
}

// seen notes a date; the world begins after the newest.
func (m *model) seen(t time.Time) {
	if t.After(m.at) {
		m.at = t
	}
}

func isAccount(id string) bool { return len(id) == 12 && strings.Trim(id, "0123456789") == "" }

func isRegion(name string) bool {
	_, known := catalog.Partition(name)
	return known
}
