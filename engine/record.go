package engine

import (
	"encoding/json"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/cloudtrail"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/service"
)

// record writes the CloudTrail event of a call into the caller's trail, and into those of the accounts that own what
// it was about. The answer carries the caller's.
func (w *World) record(c Call, caller *iam.Principal, a Answer, h handled) cloudtrail.Event {
	in := cloudtrail.Input{
		Service: c.Service, Operation: c.Operation, Region: c.Region, Time: w.Now(), RequestID: a.RequestID,
		Caller: cloudtrail.Caller{
			Kind: string(caller.Kind), ID: caller.ID, ARN: caller.ARNText(), Account: caller.Account, Name: caller.Name,
			AccessKeyID: caller.AccessKeyID, Issuer: caller.IssuerText(), IssuedAt: caller.IssuedAt, MFA: caller.MFA,
		},
		SourceIP: c.Environment.SourceIP, UserAgent: c.Environment.UserAgent, ViaService: c.Environment.ViaService,
		VPCEndpoint: c.Environment.VPCEndpoint, Parameters: c.Input, Output: a.Output, ReadOnly: h.event.ReadOnly,
		Resources: h.resources, KeyMaterialID: h.event.KeyMaterialID, Additional: h.event.Additional, Part: h.part, Data: service.IsData(c.Service, c.Operation),
		ServiceSession: iam.IsServiceSession(caller),
	}
	if a.Error != nil {
		in.ErrorCode, in.ErrorMessage = a.Error.Code, a.Error.Message
	}
	owners := in.Owners()
	if caller.Account == "" && len(owners) > 0 { // a service has no trail of its own
		in.Recipient, owners = owners[0], owners[1:]
	}
	event := cloudtrail.Record(in)
	w.trail = append(w.trail, event)
	for _, owner := range owners {
		in.Recipient = owner
		w.trail = append(w.trail, cloudtrail.Record(in))
	}
	if in.Service == "kms" && in.Operation == "ReplicateKey" && in.ErrorCode == "" {
		w.trail = append(w.trail, cloudtrail.Record(replicaEvent(in)))
	}
	return event
}

// replicaEvent is the CreateKey that a ReplicateKey is in the Region of the replica. That AWS records it there is
// documented; what it says is ours.
func replicaEvent(in cloudtrail.Input) cloudtrail.Input {
	replica, request := gjson.GetBytes(in.Output, "ReplicaKeyMetadata"), map[string]json.RawMessage{}
	for _, name := range [...]string{"Policy", "Description", "Tags", "BypassPolicyLockoutSafetyCheck"} {
		if v := catalog.Member(gjson.ParseBytes(in.Parameters), name); v.Exists() {
			request[name] = json.RawMessage(v.Raw)
		}
	}
	for _, name := range [...]string{"KeySpec", "KeyUsage", "Origin", "MultiRegion"} {
		request[name] = json.RawMessage(replica.Get(name).Raw)
	}
	request["CustomerMasterKeySpec"] = request["KeySpec"]
	name, _ := arn.Parse(replica.Get("Arn").Str)
	in.Operation, in.Region, in.Part, in.Recipient = "CreateKey", name.Region, in.Part+1, name.Account
	in.SourceIP, in.UserAgent, in.VPCEndpoint = "AWS Internal", "AWS Internal", ""
	in.Resources, in.Parameters, in.Output = []string{name.String()}, encode(request), encode(map[string]json.RawMessage{"KeyMetadata": json.RawMessage(replica.Raw)})
	return in
}

// recordHappenings writes down what KMS did by itself: in the trail of the account whose key it is.
func (w *World) recordHappenings() {
	for _, h := range w.kms.Happened() {
		in := cloudtrail.Input{
			Service: "kms", Operation: h.Name, Region: h.Key.Region, Time: h.At, Internal: true,
			RequestID: h.ID(), Caller: cloudtrail.Caller{Account: h.Key.Account}, Resources: []string{h.Key.ARN},
		}
		switch h.Name {
		case "RotateKey":
			in.Details = &cloudtrail.Details{
				RotationType: h.By, KeyOrigin: h.Key.Origin, PreviousKeyMaterialID: h.Previous, CurrentKeyMaterialID: h.Current, KeyID: h.Key.ID,
			}
		case "DeleteExpiredKeyMaterial":
			in.Details = &cloudtrail.Details{KeyID: h.Key.ID, KeyMaterialID: h.Material}
		case "DeleteKey":
			if h.Key.CustomKeyStoreID != "" {
				in.Additional = map[string]string{"customKeyStoreId": h.Key.CustomKeyStoreID}
			}
			if h.Cluster != "" {
				in.Additional["clusterId"] = h.Cluster
			}
		}
		w.trail = append(w.trail, cloudtrail.Record(in))
	}
}
