package iam

import (
	"strings"

	"kmsplayground/engine/arn"
)

// Lookup returns the unique id of a principal that exists now: a user, a role, any session name of an existing role
// ("AROA…:name"), any federated user ("111122223333:name"), or the account id for a root ARN. An account exists once it
// was named in this world.
func (d *Directory) Lookup(ref arn.ARN) (uniqueID string, ok bool) {
	if !isAccountID(ref.Account) || ref.Partition != "aws" || ref.Region != "" {
		return "", false
	}
	return d.lookup(ref)
}

func (d *Directory) lookup(ref arn.ARN) (string, bool) {
	if id, ok := serviceSessionID(ref); ok {
		return id, true
	}
	k, rest, _ := strings.Cut(ref.Resource, "/")
	switch ref.Service + ":" + k {
	case "iam:root":
		return ref.Account, rest == ""
	case "iam:user", "iam:role":
		if e := d.byARN(ref); e != nil {
			return e.id, true
		}
	case "sts:assumed-role":
		role, session, _ := strings.Cut(rest, "/")
		if e := d.find(ref.Account, roleKind, role); e != nil && e.name == role && session != "" {
			return e.id + ":" + session, true
		}
	case "sts:federated-user":
		_, known := d.accounts[ref.Account]
		return ref.Account + ":" + rest, known && rest != ""
	}
	return "", false
}

// resolve finds the unique id of what a policy names as an AWS principal: an account id, an ARN, or a unique id.
func (d *Directory) resolve(text string) (uniqueID string, ok bool) {
	if isAccountID(text) {
		return text, true
	}
	if a, ok := arn.Parse(text); ok {
		return d.Lookup(a)
	}
	_, ok = d.ARNOf(text)
	return text, ok
}

// ARNOf returns the current ARN of a unique id, as Lookup gives it.
func (d *Directory) ARNOf(uniqueID string) (string, bool) {
	if isAccountID(uniqueID) {
		return iamARN(uniqueID, "root").String(), true
	}
	if name, ok := serviceSessionARN(uniqueID); ok {
		return name, true
	}
	id, session, isSession := strings.Cut(uniqueID, ":")
	if isSession && isAccountID(id) {
		_, known := d.accounts[id]
		return stsARN(id, "federated-user/"+session).String(), known
	}
	e := d.byID(id)
	switch {
	case e == nil || e.kind == groupKind || isSession && e.kind != roleKind:
		return "", false
	case isSession:
		return stsARN(e.account, "assumed-role/"+e.name+"/"+session).String(), true
	}
	return e.arn().String(), true
}
