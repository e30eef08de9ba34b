package browser

// What the explorer and the key panel ask, beyond the state of the session. The first screen needs none of it.

import (
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/advise"
	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
)

// KeyDetail is what AWS tells about a key to those who may ask.
type KeyDetail struct {
	Key               string // KeyView.ARN
	Origin            string
	Manager           string // "CUSTOMER", "AWS"
	CustomKeyStoreId  string
	Algorithms        []string // of all kinds that its usage has
	ExpirationModel   string   // of imported key material
	ValidTo           string   // RFC 3339, empty for never
	GrantOperations   []string // that a grant on it can allow
	PendingWindow     int      // days
	MultiRegionType   string   // "PRIMARY", "REPLICA", empty for a single-Region key
	Primary           RelatedKey
	Replicas          []RelatedKey
	RotationEnabled   bool
	RotationPeriod    int    // days
	NextRotation      string // RFC 3339
	OnDemandStarted   string // RFC 3339: a rotation that runs
	Materials         []MaterialView
	CurrentMaterialId string
}

// RelatedKey is one of a set of multi-Region keys.
type RelatedKey struct{ Arn, Region string }

// MaterialView is one of the key materials of a key.
type MaterialView struct {
	KeyMaterialId    string
	KeyMaterialState string // "CURRENT", "NON_CURRENT", "PENDING_ROTATION", …
	RotationDate     string // RFC 3339; empty for the first
	RotationType     string // "AUTOMATIC", "ON_DEMAND"
	ImportState      string // "IMPORTED", "PENDING_IMPORT", empty for material that AWS KMS made
	ExpirationModel  string
	ValidTo          string // RFC 3339
	Description      string
}

// EffectsView is what calls would change about who may do what.
type EffectsView struct {
	Code    string // AWS error code of the call that failed, empty for success
	Message string
	Opens   []ChangeView
	Closes  []ChangeView
	Gone    []string // names of aliases that would name no key any more
}

// ForeseenCalls is what would come of calls, in their order.
type ForeseenCalls struct{ Calls []ForeseenView }

// ForeseenView is what would come of a call.
type ForeseenView struct {
	Decision string   // RequestView.Decision
	Code     string   // AWS error code, empty for success
	Message  string   // of the error
	Reason   string   // why it is allowed or denied, in one sentence; empty when it failed before that
	Who      []string // labels of those whom authorization lets make it, for calls to KMS
}

// detail tells about a key.
func (d *Door) detail(r Request) Reply {
	w := d.session.World()
	detail, ok := w.KMS().Detail(r.Key, w.Now())
	if !ok {
		return failure("there is no key %q", r.Key)
	}
	metadata, rotation, materials := parsed(detail.Metadata), parsed(detail.Rotation), parsed(detail.Materials)
	v := KeyDetail{
		Key: r.Key, Origin: metadata.Get("Origin").Str, Manager: metadata.Get("KeyManager").Str, CustomKeyStoreId: metadata.Get("CustomKeyStoreId").Str,
		Algorithms: algorithms(metadata), ExpirationModel: metadata.Get("ExpirationModel").Str, ValidTo: moment(metadata.Get("ValidTo")),
		GrantOperations: detail.GrantOperations, PendingWindow: int(metadata.Get("PendingDeletionWindowInDays").Int()),
		MultiRegionType: metadata.Get("MultiRegionConfiguration.MultiRegionKeyType").Str, Primary: related(metadata.Get("MultiRegionConfiguration.PrimaryKey")),
		Replicas: []RelatedKey{}, RotationEnabled: rotation.Get("KeyRotationEnabled").Bool(), RotationPeriod: int(rotation.Get("RotationPeriodInDays").Int()),
		NextRotation: moment(rotation.Get("NextRotationDate")), OnDemandStarted: moment(rotation.Get("OnDemandRotationStartDate")),
		Materials: []MaterialView{}, CurrentMaterialId: metadata.Get("CurrentKeyMaterialId").Str,
	}
	for _, replica := range metadata.Get("MultiRegionConfiguration.ReplicaKeys").Array() {
		v.Replicas = append(v.Replicas, related(replica))
	}
	for _, m := range materials.Get("Rotations").Array() {
		v.Materials = append(v.Materials, MaterialView{
			KeyMaterialId: m.Get("KeyMaterialId").Str, KeyMaterialState: m.Get("KeyMaterialState").Str, RotationDate: moment(m.Get("RotationDate")),
			RotationType: m.Get("RotationType").Str, ImportState: m.Get("ImportState").Str, ExpirationModel: m.Get("ExpirationModel").Str,
			ValidTo: moment(m.Get("ValidTo")), Description: m.Get("KeyMaterialDescription").Str,
		})
	}
	return Reply{Detail: &v}
}

// parsed is an output as a client gets it.
func parsed(output any) gjson.Result {
	text, err := json.Marshal(output)
	if err != nil {
		panic(err) // outputs are our own types
	}
	return gjson.ParseBytes(text)
}

// moment is a time that AWS writes as seconds since 1970; empty for none.
func moment(seconds gjson.Result) string {
	if seconds.Num == 0 {
		return ""
	}
	return stamp(catalog.FromEpoch(seconds.Num))
}

func related(key gjson.Result) RelatedKey {
	return RelatedKey{key.Get("Arn").Str, key.Get("Region").Str}
}

// algorithms are those of all the lists of them that a key's metadata has.
func algorithms(metadata gjson.Result) []string {
	found := []string{}
	metadata.ForEach(func(name, list gjson.Result) bool {
		if strings.HasSuffix(name.Str, "Algorithms") {
			for _, algorithm := range list.Array() {
				found = append(found, algorithm.Str)
			}
		}
		return true
	})
	return found
}

// effects says what calls would change.
func (d *Door) effects(r Request) Reply {
	w := d.session.World()
	e := advise.EffectsOf(w, r.Calls)
	v := EffectsView{Opens: d.changeViews(e.Opens), Closes: d.changeViews(e.Closes), Gone: []string{}}
	for i, c := range e.Opens {
		v.Opens[i].Alias = aliasName(c.Alias)
	}
	for i, c := range e.Closes {
		v.Closes[i].Alias = aliasName(c.Alias)
	}
	for _, alias := range e.Gone {
		v.Gone = append(v.Gone, aliasName(alias))
	}
	if e.Answer.Error != nil {
		v.Code, v.Message = e.Answer.Error.Code, e.Answer.Error.Message
	}
	return Reply{Effects: &v}
}

// aliasName is "alias/app" of an ARN.
func aliasName(aliasARN string) string {
	a, _ := arn.Parse(aliasARN)
	return a.Resource
}

// foresee says what would come of each of the calls, made now by itself.
func (d *Door) foresee(r Request) Reply {
	w := d.session.World()
	found := ForeseenCalls{[]ForeseenView{}}
	for _, c := range r.Calls {
		f := advise.Foresee(w, c)
		v := ForeseenView{Decision: decision(f.Answer.Checks), Who: []string{}}
		if e := f.Answer.Error; e != nil {
			v.Code, v.Message = e.Code, e.Message
		}
		if n := len(f.Answer.Checks); n > 0 {
			v.Reason = f.Answer.Checks[n-1].Reason
		}
		for _, p := range f.Who {
			v.Who = append(v.Who, principalLabel(w, p.Principal.ARN))
		}
		found.Calls = append(found.Calls, v)
	}
	return Reply{Foreseen: &found}
}
