package engine

import (
	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// Answers decides the same call to KMS for many callers, without performing or recording it: the authorization checks
// of each, nil where the call would fail before it came to authorization. The call's own caller does not count.
func (w *World) Answers(c Call, callers []*iam.Principal) [][]authz.Decision {
	if c.Region == "" {
		c.Region = w.options.Region
	}
	if c.Environment.SourceIP == "" {
		c.Environment.SourceIP = "198.51.100.7"
	}
	endpoint := w.endpointPolicy(c)
	type about struct {
		caller *iam.Principal
		owner  string
	}
	known := map[about]authz.Guards{}
	return w.kms.AnswersFor(kms.Request{
		Operation: c.Operation, Input: gjson.ParseBytes(c.Input), Region: c.Region, Now: w.Now(),
		Environment: w.environment(c), Directory: w.iam,
	}, callers, func(caller *iam.Principal, owner string) authz.Guards {
		g, ok := known[about{caller, owner}]
		if !ok {
			g = w.guards(caller, owner)
			g.VPCEndpoint = endpoint
			known[about{caller, owner}] = g
		}
		return g
	})
}
