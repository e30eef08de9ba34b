// Package arn is the Amazon Resource Name: its parts, and the wildcards that match it.
package arn

import "strings"

// ARN is the parts of an Amazon Resource Name. The zero ARN is invalid.
//
//	arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
type ARN struct {
	Partition string // "aws"
	Service   string // "kms"
	Region    string // "us-east-1", empty for IAM
	Account   string // "111122223333"
	Resource  string // "key/1234abcd-…", "user/path/name", "root"
}

// Parse takes s apart. It asks for the form only: "arn:", six parts, and a partition, a service and a resource that
// are not empty. The resource may hold further colons.
func Parse(s string) (ARN, bool) {
	f, ok := split(s)
	if !ok {
		return ARN{}, false
	}
	a := ARN{Partition: f[1], Service: f[2], Region: f[3], Account: f[4], Resource: f[5]}
	return a, a.IsValid()
}

// String writes the ARN; the zero ARN is the empty string.
func (a ARN) String() string {
	if a == (ARN{}) {
		return ""
	}
	return "arn:" + a.Partition + ":" + a.Service + ":" + a.Region + ":" + a.Account + ":" + a.Resource
}

// IsValid reports whether a has the parts that every ARN has.
func (a ARN) IsValid() bool { return a.Partition != "" && a.Service != "" && a.Resource != "" }

// HasForm reports whether s has the form of an ARN: it starts with "arn:" and has six parts, which may be empty. It is
// all that AWS asks of the ARN operators' values.
func HasForm(s string) bool {
	_, ok := split(s)
	return ok
}

// fields is the colon-separated parts of an ARN, "arn" first.
type fields [6]string

func split(s string) (f fields, ok bool) {
	if !strings.HasPrefix(s, "arn:") {
		return f, false
	}
	for i := range 5 {
		if f[i], s, ok = strings.Cut(s, ":"); !ok {
			return f, false
		}
	}
	f[5] = s
	return f, true
}
