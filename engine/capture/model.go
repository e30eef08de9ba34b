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
	accounts []*account
	keys     []*key
	request  *request
	at       time.Time // of the event, or of the newest thing that is dated
	loose    []piece   // policies and tags of which nobody says the key
	current  *key      // that the last describe-key output was about
}

// account is what get-account-authorization-details said of one; zero when only its name came up.
type account struct {
	id        string
	described bool
	users     []gjson.Result
	groups    []gjson.Result
	roles     []gjson.Result
	policies  map[string]gjson.Result // by ARN
}

type key struct {
	arn, account, region, id string
	metadata                 gjson.Result
	policy                   string
	aliases                  []string
	tags, grants             []gjson.Result
	saidAliases, saidTags    bool
	saidGrants               bool
}

// request is what was asked and how AWS answered.
type request struct {
	as        string // ARN, or the name of a service
	account   string
	operation string
	region    string
	key       string // ARN
	input     gjson.Result
	isEvent   bool
	code      string // error code of the API, empty when it succeeded
	service   string // that called for the principal: "ec2"
	sourceIP  string
	vpce      string
}

func (m *model) account(id string) *account {
	for _, a := range m.accounts {
		if a.id == id {
			return a
		}
	}
	a := &account{id: id, policies: map[string]gjson.Result{}}
	m.accounts = append(m.accounts, a)
	slices.SortFunc(m.accounts, func(a, b *account) int { return strings.Compare(a.id, b.id) })
	return a
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
	return k
}

// keyOf finds a key by its id or ARN; outputs name it either way.
func (m *model) keyOf(name string) *key {
	if k := m.key(name); k != nil {
		return k
	}
	for _, k := range m.keys {
		if k.id == name {
			return k
		}
	}
	return nil
}

// settle gives what was said of no key in particular to the only one there is.
func (m *model) settle() (parts []Part) {
	if len(m.keys) != 1 {
		return nil
	}
	loose := m.loose
	m.current, m.loose = m.keys[0], nil
	for _, p := range loose {
		more, _ := m.read(p) // it was read before, but for its key
		parts = append(parts, more...)
	}
	return parts
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
