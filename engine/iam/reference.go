package iam

import (
	"fmt"
	"strings"

	"kmsplayground/engine/arn"
)

// DefaultSessionName is the name of a role session that a reference does not name.
const DefaultSessionName = "playground"

// Principal finds a principal by a reference as people write it, in account unless the reference names another one:
//
//	kms-test-1                          a user, else a session of the role of that name
//	user/NAME  role/NAME  role/NAME/SESSION  root
//	444455556666:user/NAME  444455556666:root
//	ec2.amazonaws.com                   a service with its own identity
//	arn:aws:iam::111122223333:user/NAME and every other ARN of a principal
//
// A role stands for a session of it. The newest session of that name that STS issued is meant, with its session policy
// and tags; a name that was never issued gives a plain session. An account comes into being when it is named.
func (d *Directory) Principal(ref, account string) (*Principal, error) {
	if strings.HasPrefix(ref, "arn:") {
		return d.principalByARN(ref)
	}
	if strings.HasSuffix(ref, ".amazonaws.com") || strings.HasSuffix(ref, ".amazonaws.com.cn") {
		return service(ref), nil
	}
	if id, rest, ok := strings.Cut(ref, ":"); ok && isAccountID(id) {
		account, ref = id, rest
	} else if isAccountID(ref) {
		account, ref = ref, "root"
	}
	if !isAccountID(account) {
		return nil, fmt.Errorf("%q is no account: an account id has 12 digits", account)
	}
	d.touch(account)
	return d.principalByName(ref, account)
}

func (d *Directory) principalByName(ref, account string) (*Principal, error) {
	k, name, ok := strings.Cut(ref, "/")
	switch {
	case !ok && ref == "root":
		return d.root(account), nil
	case !ok:
		if e := d.find(account, userKind, ref); e != nil {
			return d.user(e), nil
		}
		if e := d.find(account, roleKind, ref); e != nil {
			return d.session(e, DefaultSessionName), nil
		}
	case k == "user":
		if e := d.find(account, userKind, name[strings.LastIndex(name, "/")+1:]); e != nil {
			return d.user(e), nil
		}
	case k == "role":
		role, session, named := strings.Cut(name, "/")
		if !named {
			session = DefaultSessionName
		}
		if e := d.find(account, roleKind, role); e != nil && session != "" {
			return d.session(e, session), nil
		}
	case k == "federated-user":
		if c := d.latest(stsARN(account, ref)); c != nil {
			return d.holder(c), nil
		}
	}
	return nil, fmt.Errorf("no principal %q in account %s: %s", ref, account, d.whoIsThere(account))
}

// principalByARN finds a principal by its ARN; unlike names, ARNs are matched with regard to letter case.
func (d *Directory) principalByARN(ref string) (*Principal, error) {
	a, ok := arn.Parse(ref)
	if !ok || !isAccountID(a.Account) {
		return nil, fmt.Errorf("%q is not the ARN of a principal", ref)
	}
	d.touch(a.Account)
	k, rest, _ := strings.Cut(a.Resource, "/")
	if _, ok := serviceSessionID(a); ok {
		service, session, _ := strings.Cut(strings.TrimPrefix(rest, servicePrefix), "/")
		return ServiceSession(a.Account, service, session), nil
	}
	switch a.Service + ":" + k {
	case "iam:root":
		return d.root(a.Account), nil
	case "iam:user":
		if e := d.byARN(a); e != nil {
			return d.user(e), nil
		}
	case "iam:role":
		if e := d.byARN(a); e != nil {
			return d.session(e, DefaultSessionName), nil
		}
	case "sts:assumed-role":
		role, session, _ := strings.Cut(rest, "/")
		if e := d.find(a.Account, roleKind, role); e != nil && e.name == role && session != "" {
			return d.session(e, session), nil
		}
	case "sts:federated-user":
		if c := d.latest(a); c != nil {
			return d.holder(c), nil
		}
	default:
		return nil, fmt.Errorf("%q is not the ARN of a principal", ref)
	}
	return nil, fmt.Errorf("no principal %s: %s", ref, d.whoIsThere(a.Account))
}

// byARN finds a living user or role by its exact ARN.
func (d *Directory) byARN(a arn.ARN) *entity {
	k, rest, _ := strings.Cut(a.Resource, "/")
	e := d.find(a.Account, kind(k), rest[strings.LastIndex(rest, "/")+1:])
	if e == nil || e.arn() != a {
		return nil
	}
	return e
}

// whoIsThere says which principals an account has.
func (d *Directory) whoIsThere(account string) string {
	names := []string{"root"}
	for _, e := range d.list(account, userKind, "") {
		names = append(names, "user/"+e.name)
	}
	for _, e := range d.list(account, roleKind, "") {
		names = append(names, "role/"+e.name)
	}
	return "account " + account + " has " + strings.Join(names, ", ")
}
