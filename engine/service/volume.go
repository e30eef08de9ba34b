package service

import (
	"time"

	"kmsplayground/engine/iam"
	"kmsplayground/engine/kms"
)

// volume is an EBS volume. Its key is a data key that only KMS can open.
type volume struct {
	home
	ID        string
	Zone      string
	Size      int64
	Type      string
	CreatedAt time.Time
	KeyARN    string // empty for a volume that is not encrypted
	Key       string // encrypted data key, base64
	Attached  *attachment
}

// attachment is replaced, never changed. Grant is the token of the grant that lets the instance use the volume's key
// while it runs; with a token KMS finds a grant at once.
type attachment struct {
	Instance   string
	Device     string
	AttachedAt time.Time
	Grant      string // empty when no key is used
}

func (v volume) encrypted() bool { return v.KeyARN != "" }

// context is the encryption context of a volume's key.
func (v volume) context() object { return object{"aws:ebs:id": v.ID} }

// createVolume makes a volume. EBS looks at the key only afterwards: a call with a key that cannot be used seems to
// succeed, and the volume vanishes.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html, read 2026-08
func (c *call) createVolume() (object, *Error) {
	encrypted, named := c.Input.Get("Encrypted").Bool(), c.text("KmsKeyId")
	if named != "" && !encrypted {
		return nil, &Error{"InvalidParameterDependency", "The parameter KmsKeyId requires the parameter Encrypted to be set.", 400}
	}
	v := c.newVolume(c.text("AvailabilityZone"), c.Input.Get("Size").Int(), c.text("VolumeType"))
	shown := v
	if !encrypted {
		c.volumes[v.ID] = v
	} else if failed := c.encryptVolume(&v, named); failed == nil {
		c.volumes[v.ID], shown.KeyARN = v, v.KeyARN
	} else if shown.KeyARN = named; named == "" {
		shown.KeyARN = c.ManagedKey("ebs")
	}
	out := shown.describe()
	out["State"] = "creating"
	delete(out, "Attachments")
	return out, nil
}

func (c *call) newVolume(zone string, size int64, kind string) volume {
	if kind == "" {
		kind = "gp2"
	}
	if zone == "" {
		zone = c.Region + "a"
	}
	if size == 0 {
		size = 8
	}
	return volume{home: c.home(), ID: c.newID("vol"), Zone: zone, Size: size, Type: kind, CreatedAt: c.Now}
}

// encryptVolume gives a volume its data key. The plaintext is never seen: the instance's host asks for it.
func (c *call) encryptVolume(v *volume, named string) *kms.Error {
	out, err := c.forward("GenerateDataKeyWithoutPlaintext", object{
		"KeyId": c.key(named, "ebs"), "NumberOfBytes": 64, "EncryptionContext": v.context(),
	})
	if err != nil {
		return err
	}
	v.KeyARN, v.Key = out.Get("KeyId").Str, out.Get("CiphertextBlob").Str
	return nil
}

func (c *call) deleteVolume() (object, *Error) {
	v, err := c.findVolume()
	if err != nil {
		return nil, err
	}
	if v.Attached != nil {
		return nil, &Error{"VolumeInUse", "Volume " + v.ID + " is currently attached to " + v.Attached.Instance, 400}
	}
	delete(c.volumes, v.ID)
	return nil, nil
}

func (c *call) findVolume() (volume, *Error) {
	id := c.text("VolumeId")
	v, ok := c.volumes[id]
	if !ok || v.home != c.home() {
		return volume{}, noVolume(id)
	}
	return v, nil
}

func noVolume(id string) *Error {
	return &Error{"InvalidVolume.NotFound", "The volume '" + id + "' does not exist.", 400}
}

func (c *call) attachVolume() (object, *Error) {
	v, err := c.findVolume()
	if err != nil {
		return nil, err
	}
	i, err := c.findInstance(c.text("InstanceId"))
	if err != nil {
		return nil, err
	}
	if v.Attached != nil {
		return nil, &Error{"VolumeInUse", v.ID + " is already attached to an instance", 400}
	}
	v.Attached = &attachment{Instance: i.ID, Device: c.text("Device"), AttachedAt: c.Now}
	if i.State == running {
		if failed := c.open(&v); failed != nil {
			// What EC2 says of every reason that KMS can have, the missing kms:CreateGrant as well (seen so).
			return nil, &Error{"CustomerKeyHasBeenRevoked", "Volume " + v.ID + " cannot be attached. The encrypted volume was unable to access the KMS key.", 400}
		}
	}
	c.volumes[v.ID] = v
	return v.describeAttachment("attaching"), nil
}

// open lets the instance of an attached volume use its key: a grant in the name of the caller, then the first Decrypt
// with it. Nobody else takes part; the instance's session has no IAM policies.
// https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html, read 2026-08
func (c *call) open(v *volume) *kms.Error {
	if !v.encrypted() {
		return nil
	}
	session := iam.ServiceSession(v.Account, "ec2-infrastructure", v.Attached.Instance)
	out, err := c.forward("CreateGrant", object{
		"KeyId": v.KeyARN, "GranteePrincipal": session.ARN.String(), "RetiringPrincipal": c.itself().Name,
		"Operations": []string{"Decrypt"}, "Constraints": object{"EncryptionContextSubset": v.context()}, "Name": c.newUUID("grant"),
	})
	if err != nil {
		return err
	}
	attached := *v.Attached
	attached.Grant = out.Get("GrantToken").Str
	v.Attached = &attached
	_, err = c.as(session, "Decrypt", object{
		"CiphertextBlob": v.Key, "EncryptionContext": v.context(), "GrantTokens": []string{attached.Grant},
	})
	if err != nil {
		c.close(v)
	}
	return err
}

// close retires the grant of an attached volume, as EC2.
func (c *call) close(v *volume) {
	if v.Attached.Grant == "" {
		return
	}
	// A grant that an administrator revoked before is gone already; EC2 does not care.
	_, _ = c.own(c.arn("ec2", "volume/"+v.ID), "RetireGrant", object{"GrantToken": v.Attached.Grant})
	attached := *v.Attached
	attached.Grant = ""
	v.Attached = &attached
}

// aimDetach: the instance need not be named.
func aimDetach(c *call) []iam.Target {
	instance := c.text("InstanceId")
	if v, ok := c.volumes[c.text("VolumeId")]; ok && instance == "" && v.Attached != nil {
		instance = v.Attached.Instance
	}
	targets := []iam.Target{c.target("ec2", c.arn("ec2", "volume/"+c.text("VolumeId")))}
	if instance != "" {
		targets = append(targets, c.target("ec2", c.arn("ec2", "instance/"+instance)))
	}
	return targets
}

func (c *call) detachVolume() (object, *Error) {
	v, err := c.findVolume()
	if err != nil {
		return nil, err
	}
	if named := c.text("InstanceId"); v.Attached == nil || named != "" && named != v.Attached.Instance {
		return nil, &Error{"IncorrectState", "Volume '" + v.ID + "' is in the 'available' state.", 400}
	}
	c.close(&v)
	out := v.describeAttachment("detaching")
	v.Attached = nil
	c.volumes[v.ID] = v
	return out, nil
}

func (c *call) describeVolumes() (object, *Error) {
	wanted := c.list("VolumeIds")
	if len(wanted) == 0 {
		wanted = ids(c.volumes, func(v volume) bool { return v.home == c.home() })
	}
	list := []object{}
	for _, id := range wanted {
		v, ok := c.volumes[id]
		if !ok || v.home != c.home() {
			return nil, noVolume(id)
		}
		list = append(list, v.describe())
	}
	return object{"Volumes": list}, nil
}

func (v volume) describe() object {
	out := object{
		"VolumeId": v.ID, "AvailabilityZone": v.Zone, "Size": v.Size, "VolumeType": v.Type, "CreateTime": iso(v.CreatedAt),
		"Encrypted": v.encrypted(), "State": "available", "SnapshotId": "", "Attachments": []object{},
	}
	if v.encrypted() {
		out["KmsKeyId"] = v.KeyARN
	}
	if v.Attached != nil {
		out["State"], out["Attachments"] = "in-use", []object{v.describeAttachment("attached")}
	}
	return out
}

func (v volume) describeAttachment(state string) object {
	return object{
		"VolumeId": v.ID, "InstanceId": v.Attached.Instance, "Device": v.Attached.Device, "State": state,
		"AttachTime": iso(v.Attached.AttachedAt), "DeleteOnTermination": false,
	}
}
