package engine

import (
	"kmsplayground/engine/iam"
	"kmsplayground/engine/simulate"
)

// performIAM performs a call to IAM, STS or AWS Organizations that was authorized.
func (w *World) performIAM(service string, r iam.Request) (any, *iam.Error) {
	if service != "iam" || !simulate.Performs(r.Operation) {
		return w.iam.Do(service, r)
	}
	out, err := simulate.Do(simulate.Request{Request: r, Directory: w.iam, Controls: w.serviceControl})
	if err != nil {
		return nil, err
	}
	return out, nil
}
