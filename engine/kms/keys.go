package kms

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"kmsplayground/engine/arn"
	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
)

// KeyMetadata is AWS's description of a key. Times are seconds since 1970.
type KeyMetadata struct {
	AWSAccountId          string
	KeyId                 string
	Arn                   string
	CreationDate          float64
	Enabled               bool
	Description           string
	KeyUsage              string
	KeyState              string
	DeletionDate          float64 `json:",omitempty"`
	ValidTo               float64 `json:",omitempty"`
	Origin                string
	CustomKeyStoreId      string `json:",omitempty"`
	CloudHsmClusterId     string `json:",omitempty"`
	ExpirationModel       string `json:",omitempty"`
	KeyManager            string
	CustomerMasterKeySpec string
	KeySpec               string

	EncryptionAlgorithms        []string `json:",omitempty"`
	SigningAlgorithms           []string `json:",omitempty"`
	KeyAgreementAlgorithms      []string `json:",omitempty"`
	MacAlgorithms               []string `json:",omitempty"`
	EncapsulationAlgorithms     []string `json:",omitempty"`
	MultiRegion                 bool
	MultiRegionConfiguration    *multiRegionConfiguration `json:",omitempty"`
	PendingDeletionWindowInDays int                       `json:",omitempty"`
	XksKeyConfiguration         *xksKeyConfiguration      `json:",omitempty"`
	CurrentKeyMaterialId        string                    `json:",omitempty"`
}

type xksKeyConfiguration struct{ Id string }

func metadata(k *Key) KeyMetadata {
	spec, _ := catalog.LookupKeySpec(k.Spec, k.Usage)
	m := KeyMetadata{
		AWSAccountId: k.Account, KeyId: k.ID, Arn: k.ARN, CreationDate: catalog.Epoch(k.CreatedAt),
		Enabled: k.State == catalog.Enabled, Description: k.Description, KeyUsage: k.Usage, KeyState: string(k.State),
		DeletionDate: catalog.Epoch(k.DeletionDate), Origin: k.Origin, KeyManager: k.Manager,
		CustomerMasterKeySpec: k.Spec, KeySpec: k.Spec,
		EncryptionAlgorithms: spec.EncryptionAlgorithms, SigningAlgorithms: spec.SigningAlgorithms, MacAlgorithms: spec.MacAlgorithms,
		KeyAgreementAlgorithms: spec.KeyAgreementAlgorithms, EncapsulationAlgorithms: spec.EncapsulationAlgorithms,
		MultiRegion: k.MultiRegion, CustomKeyStoreId: k.CustomKeyStoreID, CloudHsmClusterId: k.cluster,
		MultiRegionConfiguration: k.multiRegionConfiguration(), CurrentKeyMaterialId: k.materialID(),
	}
	if k.State == catalog.PendingReplicaDeletion {
		m.PendingDeletionWindowInDays = k.PendingWindowInDays
	}
	if held, ok := k.imports[k.material.ID()]; ok && k.State != catalog.PendingImport {
		m.ExpirationModel, m.ValidTo = held.expiration()
	}
	if k.XksKeyID != "" {
		m.XksKeyConfiguration = &xksKeyConfiguration{k.XksKeyID}
	}
	return m
}

// prepareKey makes the key to be, so that authorization can ask about it.
func prepareKey(c *call) *Error {
	if err := checkKeyKind(c); err != nil {
		return err
	}
	if err := checkTags(c); err != nil {
		return err
	}
	account, region := c.Caller.Account, c.Region
	ordinal := c.ordinals[keyPurpose(account, region)] + 1
	purpose := fmt.Sprintf("%s/%d", keyPurpose(account, region), ordinal)
	id := c.newKeyID(purpose)
	c.created = &Key{
		ARN: c.keyARN(account, id), ID: id, Account: account, Region: region, Description: c.str("Description"),
		Spec: c.newSpec(), Usage: or(c.str("KeyUsage"), "ENCRYPT_DECRYPT"), Origin: or(c.str("Origin"), "AWS_KMS"), Manager: "CUSTOMER",
		State: catalog.Enabled, MultiRegion: c.bool("MultiRegion"), CreatedAt: c.Now, Tags: c.tags("Tags"), Aliases: []string{}, ordinal: ordinal,
	}
	if c.created.MultiRegion {
		c.created.family = &family{primary: region, replicas: []string{}}
	}
	return nil
}

// newKeyID draws an id, or takes the one that was given to the key which this one will be.
func (c *call) newKeyID(purpose string) string {
	multiRegion := c.bool("MultiRegion")
	if id := c.keyIDs[purpose]; id != "" && strings.HasPrefix(id, "mrk-") == multiRegion {
		return id
	}
	id := hsm.UUID(c.entropy.Reader(purpose))
	if multiRegion {
		id = "mrk-" + strings.ReplaceAll(id, "-", "")
	}
	return id
}

// GiveKeyIDs says which ids the keys will have that are made in an account and Region, in the order in which they are
// made there; keys beyond those draw theirs. A world that stands for a real one has its keys by their own names. An ARN
// that cannot be a key's, and a multi-Region id for a key that is none, are passed over.
func (s *Service) GiveKeyIDs(arns []string) {
	ids, count := map[string]string{}, map[string]int{}
	for _, name := range arns {
		a, id, ok := KeyARN(name)
		if !ok {
			continue
		}
		place := keyPurpose(a.Account, a.Region)
		count[place]++
		ids[fmt.Sprintf("%s/%d", place, count[place])] = id
	}
	s.keyIDs = ids
}

// KeyARN takes the ARN of a key apart; ok is false for what is none.
func KeyARN(name string) (a arn.ARN, id string, ok bool) {
	a, ok = arn.Parse(name)
	id, isKey := strings.CutPrefix(a.Resource, "key/")
	return a, id, ok && isKey && a.Service == "kms" && isKeyID(id)
}

// newSpec is the key spec that CreateKey asks for, under either of its names.
func (c *call) newSpec() string {
	return or(c.str("KeySpec"), or(c.str("CustomerMasterKeySpec"), symmetricDefault))
}

func keyPurpose(account, region string) string { return "kms/" + account + "/" + region + "/key" }

// purpose is what chance is drawn for: "kms/111122223333/us-east-1/key/3/grant".
func (k *Key) purpose(noun string) string {
	return keyPurpose(k.Account, k.Region) + "/" + strconv.Itoa(k.ordinal) + "/" + noun
}

// reader is the stream for the next thing that is made for a purpose.
func (s *Service) reader(purpose string) io.Reader {
	return s.entropy.Reader(purpose + "/" + strconv.Itoa(s.next(purpose)))
}

// draw is the stream for the next thing of its kind that is made with a key.
func (s *Service) draw(k *Key, noun string) (ordinal int, stream io.Reader) {
	purpose := k.purpose(noun)
	stream = s.reader(purpose)
	return s.ordinals[purpose], stream
}

func checkKeyKind(c *call) *Error {
	spec, usage := c.newSpec(), c.str("KeyUsage")
	if c.has("KeySpec") && c.has("CustomerMasterKeySpec") {
		return errorf(validation, "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.")
	}
	if spec != symmetricDefault && usage == "" {
		return errorf(validation, "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.")
	}
	if _, ok := catalog.LookupKeySpec(spec, or(usage, "ENCRYPT_DECRYPT")); !ok {
		return errorf(validation, "KeyUsage %s is not compatible with KeySpec %s", usage, spec)
	}
	if c.str("Origin") == "EXTERNAL" && !catalog.Importable(spec) {
		return errorf(validation, "KeySpec %s is not supported for Origin EXTERNAL", spec)
	}
	return checkStoreKey(c, or(c.str("Origin"), "AWS_KMS"), spec)
}

// notSimulated is the playground's own answer to what it does not do yet.
func notSimulated(what string) *Error {
	return errorf(unsupportedOperation, "%s is not simulated yet.", what)
}

func or(value, missing string) string {
	if value == "" {
		return missing
	}
	return value
}

// multiRegionRole is the service-linked role that the first multi-Region key of an account needs.
const (
	multiRegionService = "mrk.kms.amazonaws.com"
	multiRegionRole    = "AWSServiceRoleForKeyManagementServiceMultiRegionKeys"
)

// createKeyChecks: CreateKey with what goes with it, and iam:CreateServiceLinkedRole for the account's first multi-Region
// key; once the role exists nothing more than KMS permissions is needed (recorded).
func createKeyChecks(c *call) []check {
	checks := c.creationChecks()
	if role := c.multiRegionRole(); c.created.MultiRegion && !c.exists(role) {
		checks = append(checks, check{action: "iam:CreateServiceLinkedRole", resource: role.String(), conditions: func(f *filler) {
			f.set("iam:AWSServiceName", multiRegionService)
		}})
	}
	return checks
}

func (c *call) multiRegionRole() arn.ARN {
	return arn.ARN{Partition: c.partition(), Service: "iam", Account: c.Caller.Account,
		Resource: "role/aws-service-role/" + multiRegionService + "/" + multiRegionRole}
}

func (c *call) exists(role arn.ARN) bool {
	_, ok := c.Directory.Lookup(role)
	return ok
}

// creationChecks are CreateKey, and TagResource for a key with tags. The second is asked about the key to be, so that an
// IAM policy on all keys of the account allows it and one on a particular key does not.
func (c *call) creationChecks() []check {
	conditions := func(f *filler) {
		f.callerConditions(&c.Request)
		f.keyKind(c.created)
		f.resourceTags(c.created.Tags)
		f.requestTags(c.created.Tags)
	}
	checks := []check{{action: "CreateKey", conditions: func(f *filler) {
		conditions(f)
		bypassCondition(c, f)
	}}}
	if len(c.created.Tags) > 0 {
		checks = append(checks, check{action: "TagResource", resource: c.created.ARN, noResource: true, conditions: conditions})
	}
	return checks
}

func createKey(c *call) (any, *Error) {
	key := *c.created
	if err := c.checkKeyQuota(&key); err != nil {
		return nil, err
	}
	if err := c.enterStore(&key); err != nil {
		return nil, err
	}
	text := or(c.str("Policy"), defaultPolicy(c.partition(), key.Account))
	if err := c.setPolicy(&key, text); err != nil {
		return nil, err
	}
	if key.Origin == "EXTERNAL" {
		key.State = catalog.PendingImport
	} else if err := c.firstMaterial(&key); err != nil {
		return nil, err
	}
	c.next(keyPurpose(key.Account, key.Region))
	if key.MultiRegion {
		c.Directory.ServiceLinkedRole(key.Account, multiRegionService, multiRegionRole, c.Now)
	}
	c.put(key)
	return struct{ KeyMetadata KeyMetadata }{metadata(&key)}, nil
}

// firstMaterial draws the material of a new key. What the host has no algorithms for is refused.
func (c *call) firstMaterial(key *Key) *Error {
	m, refused := hsm.NewMaterialOf(c.algorithms, key.Spec, key.ARN, c.entropy.Reader(key.purpose("material/1")))
	if refused != nil {
		return errorf(unsupportedOperation, "%s.", refused)
	}
	key.setMaterial(m)
	return nil
}

// put replaces a key.
func (s *Service) put(key Key) {
	key.conditions = key.ownConditions(s.quotas.AliasesPerKey)
	s.keys[key.ARN] = &key
	s.wake(key.wakes())
}

func (c *call) checkKeyQuota(key *Key) *Error {
	if n := c.countKeys(key.Account, key.Region); n >= c.quotas.Keys {
		return errorf(limitExceeded, "Key quota for this account in this region is %d but the current usage is %d.", c.quotas.Keys, n)
	}
	return nil
}

func (s *Service) countKeys(account, region string) (n int) {
	for _, k := range s.keys {
		if k.Account == account && k.Region == region && k.Manager == "CUSTOMER" {
			n++
		}
	}
	return n
}

func describeKey(c *call) (any, *Error) {
	if t := c.keys[0]; t.predefined {
		c.adopt(*t.key)
	}
	return struct{ KeyMetadata KeyMetadata }{metadata(c.keys[0].key)}, nil
}

type keyListEntry struct{ KeyId, KeyArn string }

func listKeys(c *call) (any, *Error) {
	keys := sorted(c.Service.keys, func(k Key) bool { return k.Account == c.Caller.Account && k.Region == c.Region })
	page, err := paginate(c, keys, func(k Key) string { return k.ID })
	if err != nil {
		return nil, err
	}
	list := make([]keyListEntry, len(page.items))
	for i, k := range page.items {
		list[i] = keyListEntry{k.ID, k.ARN}
	}
	return struct {
		Keys []keyListEntry
		pageOutput
	}{list, page.pageOutput}, nil
}

func updateKeyDescription(c *call) (any, *Error) {
	key := *c.keys[0].key
	key.Description = c.str("Description")
	c.put(key)
	return nil, nil
}

// enableKey makes up for a rotation that was due while the key was disabled.
func enableKey(c *call) (any, *Error) {
	key := *c.keys[0].key
	c.setState(&key, catalog.Enabled)
	c.put(key)
	c.rotateOverdue(key.ARN, c.Now)
	return nil, nil
}

func disableKey(c *call) (any, *Error) {
	key := *c.keys[0].key
	c.setState(&key, catalog.Disabled)
	c.put(key)
	return nil, nil
}
