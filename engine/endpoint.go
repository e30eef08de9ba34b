package engine

import (
	"kmsplayground/engine/authz"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
	"kmsplayground/engine/service"
)

// Endpoints are the VPC endpoints of all accounts, by account, Region and id.
func (w *World) Endpoints() []service.Endpoint { return w.services.Endpoints() }

// environment is what KMS learns of how a request came. Behind the id of a VPC endpoint that nobody made stands one of
// an unknown VPC with the default policy.
func (w *World) environment(c Call) kms.Environment {
	e := kms.Environment{
		SourceIP: c.Environment.SourceIP, ViaService: c.Environment.ViaService, VPCEndpoint: c.Environment.VPCEndpoint,
		UserAgent: c.Environment.UserAgent, SourceArn: c.Environment.SourceArn,
	}
	e.SourceAccount = w.services.OwnerOf(e.SourceArn)
	if found, ok := w.services.Endpoint(e.VPCEndpoint); ok {
		e.VPC, e.VPCSourceIP = found.VPC, privateAddress
	}
	return e
}

// privateAddress is that of every caller within a VPC; it is ours.
const privateAddress = "10.0.0.7"

// endpointPolicy limits the requests to KMS that come through a VPC endpoint. A service that calls for somebody does
// not come through the endpoint of its caller.
func (w *World) endpointPolicy(c Call) *authz.Guard {
	e, ok := w.services.Endpoint(c.Environment.VPCEndpoint)
	if !ok || c.Environment.ViaService != "" || !e.Reaches(c.Service) {
		return nil
	}
	return &authz.Guard{Levels: []authz.Level{{Name: e.ID, Policies: []iam.Policy{*e.Policy}}}}
}
