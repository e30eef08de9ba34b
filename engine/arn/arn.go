// Package arn is the Amazon Resource Name: its parts, and the wildcards that match it.
package arn

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
