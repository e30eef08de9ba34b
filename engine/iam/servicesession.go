package iam

import (
	"strings"

	"kmsplayground/engine/arn"
)

// ServiceSession is a session of a role that is an identity only: AWS's own aws:ec2-infrastructure, in which an
// instance opens its volumes. Such a role is not in the account's IAM and has no policies; grants are all it can have.
// service is the part after "aws:".
func ServiceSession(account, service, session string) *Principal {
	role := servicePrefix + service
	return &Principal{
		Kind: AssumedRole, ARN: stsARN(account, "assumed-role/"+role+"/"+session), Issuer: iamARN(account, "role/"+role),
		Account: account, ID: account + ":" + role + ":" + session, Name: role, SessionName: session, Tags: []Tag{}, Identity: []Policy{},
	}
}

// servicePrefix begins the names of such roles; nobody can give it to a role of IAM.
const servicePrefix = "aws:"

// IsServiceSession reports whether p is a session that ServiceSession made.
func IsServiceSession(p *Principal) bool {
	return p.Kind == AssumedRole && strings.HasPrefix(p.Name, servicePrefix)
}

// serviceSessionID is the unique id of such a session: "111122223333:aws:ec2-infrastructure:i-…".
func serviceSessionID(ref arn.ARN) (id string, ok bool) {
	role, session, _ := strings.Cut(strings.TrimPrefix(ref.Resource, "assumed-role/"), "/")
	if ref.Service != "sts" || !strings.HasPrefix(role, servicePrefix) || session == "" {
		return "", false
	}
	return ref.Account + ":" + role + ":" + session, true
}

// serviceSessionARN is the ARN of such an id.
func serviceSessionARN(uniqueID string) (string, bool) {
	account, rest, _ := strings.Cut(uniqueID, ":")
	role, session, ok := strings.Cut(strings.TrimPrefix(rest, servicePrefix), ":")
	if !ok || !isAccountID(account) || !strings.HasPrefix(rest, servicePrefix) {
		return "", false
	}
	return stsARN(account, "assumed-role/"+servicePrefix+role+"/"+session).String(), true
}
