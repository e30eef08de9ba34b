package engine

import (
	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// Asker answers calls to KMS for many callers, without performing, recording or explaining them. It is of no use once
// anything in its world has changed.
type Asker struct {
	world    *World
	kms      *kms.Asker
	endpoint *authz.Guard // of the call in hand
	known    map[about]authz.Guards
}

type about struct {
	caller *iam.Principal
	owner  string
}

// Asker returns an Asker of the world as it stands.
func (w *World) Asker() *Asker {
	a := &Asker{world: w, known: map[about]authz.Guards{}}
	a.kms = w.kms.Asker(a.guards)
	return a
}

func (a *Asker) guards(caller *iam.Principal, owner string) authz.Guards {
	g, ok := a.known[about{caller, owner}]
	if !ok {
		g = a.world.guards(caller, owner)
		a.known[about{caller, owner}] = g
	}
	g.VPCEndpoint = a.endpoint
	return g
}

// Answers are the authorization checks of calls that come the same way, by caller and call, nil where a call would fail
// before it came to authorization. The calls' own callers do not count.
func (a *Asker) Answers(calls []Call, callers []*iam.Principal) [][][]authz.Decision {
	w := a.world
	requests := make([]kms.Request, len(calls))
	for i, c := range calls {
		if c.Region == "" {
			c.Region = w.options.Region
		}
		if c.Environment.SourceIP == "" {
			c.Environment.SourceIP = "198.51.100.7"
		}
		if i == 0 {
			a.endpoint = w.endpointPolicy(c)
		}
		requests[i] = kms.Request{
			Operation: c.Operation, Input: gjson.ParseBytes(c.Input), Region: c.Region, Now: w.Now(),
			Environment: w.environment(c), Directory: w.iam,
		}
	}
	return a.kms.Answers(requests, callers)
}
