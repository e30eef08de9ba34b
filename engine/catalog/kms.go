package catalog

import "slices"

// KMS returns the 56 operations of the KMS API, sorted by name. The caller does not change them.
//
// They follow the service model of botocore 1.43.11. Encapsulate and Decapsulate, ML_KEM, service principals in
// grants and the SourceArn constraint are newer and follow @aws-sdk/client-kms 3.1162.0; in that model GranteePrincipal
// and RetiringPrincipal are no longer required, because the service principal may stand in their place.
func KMS() []Operation { return kmsOperations }

// LookupKMS finds an operation by its name, spelled exactly.
func LookupKMS(name string) (*Operation, bool) {
	i, ok := slices.BinarySearchFunc(kmsOperations, name, func(op Operation, name string) int {
		switch {
		case op.Name < name:
			return -1
		case op.Name > name:
			return 1
		}
		return 0
	})
	if !ok {
		return nil, false
	}
	return &kmsOperations[i], true
}
