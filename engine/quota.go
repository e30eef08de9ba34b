package engine

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kmsplayground/engine/kms"
)

// Quota is a quota of KMS that can be adjusted, and its value.
type Quota struct {
	Name  string // one of kms.QuotaNames
	Value int
}

// ParseQuota reads "aliases-per-key=2". The problem is empty when it could.
func ParseQuota(text string) (q Quota, problem string) {
	name, value, _ := strings.Cut(text, "=")
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || !slices.Contains(kms.QuotaNames[:], name) {
		return Quota{}, fmt.Sprintf("quota is like \"aliases-per-key=2\", of %s; not %q", strings.Join(kms.QuotaNames[:], ", "), text)
	}
	return Quota{name, n}, ""
}
