package iam

// Directory is the IAM and STS state of a world, all accounts together.
type Directory struct {
	// Every map's values are replaced, never changed, so that Clone is shallow.
}
