package iam

import (
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"sort"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/hsm"
)

// Directory is the IAM, STS and Organizations state of a world, all accounts together.
type Directory struct {
	entropy hsm.Entropy

	// Every map's values are replaced, never changed, so that Clone is shallow.
	accounts    map[string]account
	entities    map[entityKey]*entity
	policies    map[string]*managedPolicy // by ARN; AWS managed ones included
	credentials map[string]*credential    // by access key ID
	// named holds every user and role that ever was, by unique id, so that a deleted one is told from a recreated one.
	named map[string]entityKey

	organizations map[string]*organization
	nodes         map[string]*node          // roots, units and member accounts of all organizations, by id
	controls      map[string]*controlPolicy // what organizations made, by id
	handshakes    map[string]*handshake
	requests      map[string]*accountRequest

	remembered map[string]*Principal // by access key ID; see remember

	given map[string][]string // ids that things will have, by prefix
}

// account counts what was made in an account: the ordinals of its unique ids. Counts never go back. Name and Email are
// empty unless an organization created the account.
type account struct {
	Users, Groups, Roles, Policies, Keys, Sessions, Organizations int
	Name, Email                                                   string
}

// NewDirectory returns a directory without accounts. Unique ids and access keys follow from entropy.
func NewDirectory(entropy hsm.Entropy) *Directory {
	return &Directory{
		entropy:     entropy,
		accounts:    map[string]account{},
		entities:    map[entityKey]*entity{},
		policies:    awsManagedPolicies(),
		credentials: map[string]*credential{},
		named:       map[string]entityKey{},

		organizations: map[string]*organization{},
		nodes:         map[string]*node{},
		controls:      map[string]*controlPolicy{},
		handshakes:    map[string]*handshake{},
		requests:      map[string]*accountRequest{},
		given:         map[string][]string{},
	}
}

// Clone returns a directory that changes apart from d.
func (d *Directory) Clone() *Directory {
	return &Directory{
		entropy:     d.entropy,
		accounts:    maps.Clone(d.accounts),
		entities:    maps.Clone(d.entities),
		policies:    maps.Clone(d.policies),
		credentials: maps.Clone(d.credentials),
		named:       maps.Clone(d.named),

		organizations: maps.Clone(d.organizations),
		nodes:         maps.Clone(d.nodes),
		controls:      maps.Clone(d.controls),
		handshakes:    maps.Clone(d.handshakes),
		requests:      maps.Clone(d.requests),
		given:         maps.Clone(d.given),
	}
}

// Accounts returns the ids of all accounts that were named so far, sorted.
func (d *Directory) Accounts() []string {
	ids := make([]string, 0, len(d.accounts))
	for id := range d.accounts {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// touch makes an account come into being. Service principals have none.
func (d *Directory) touch(id string) {
	if _, ok := d.accounts[id]; !ok && isAccountID(id) {
		d.accounts[id] = account{}
	}
}

// isAccountID reports whether s is twelve digits.
func isAccountID(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}

// uniqueIDAlphabet is the one of AWS's unique ids and access key ids.
var uniqueIDAlphabet = base32.StdEncoding.WithPadding(base32.NoPadding)

// drawID returns prefix and letters drawn for purpose, length characters together: AIDA…, AROA…, AKIA….
func (d *Directory) drawID(purpose, prefix string, length int) string {
	raw := d.draw(purpose, 20)
	return prefix + uniqueIDAlphabet.EncodeToString(raw)[:length-len(prefix)]
}

// drawText returns length base64 characters drawn for purpose.
func (d *Directory) drawText(purpose string, length int) string {
	return base64.StdEncoding.EncodeToString(d.draw(purpose, length))[:length]
}

func (d *Directory) draw(purpose string, n int) []byte {
	raw := make([]byte, n)
	if _, err := io.ReadFull(d.entropy.Reader(purpose), raw); err != nil {
		panic("iam: the entropy ran dry: " + err.Error())
	}
	return raw
}

// purpose names what is drawn: "iam/111122223333/user/3".
func purpose(account, noun string, ordinal int) string {
	return fmt.Sprintf("iam/%s/%s/%d", account, noun, ordinal)
}

func iamARN(account, resource string) arn.ARN {
	return arn.ARN{Partition: "aws", Service: "iam", Account: account, Resource: resource}
}

func stsARN(account, resource string) arn.ARN {
	return arn.ARN{Partition: "aws", Service: "sts", Account: account, Resource: resource}
}
