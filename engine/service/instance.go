package service

import (
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/iam"
)

// instance is an EC2 instance. It starts and stops in no time.
type instance struct {
	home
	ID         string
	Image      string
	Type       string
	State      instanceState
	Reason     *stateReason // why it stopped by itself
	LaunchedAt time.Time
}

// instanceState is a state with EC2's code.
type instanceState struct {
	Code int
	Name string
}

var (
	pending      = instanceState{0, "pending"}
	running      = instanceState{16, "running"}
	shuttingDown = instanceState{32, "shutting-down"}
	terminated   = instanceState{48, "terminated"}
	stopping     = instanceState{64, "stopping"}
	stopped      = instanceState{80, "stopped"}
)

type stateReason struct{ Code, Message string }

// launchError is what an instance says that could not open a volume. EC2 tells no more.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html, read 2026-08
var launchError = stateReason{"Client.InternalError", "Client.InternalError: Client error on launch"}

func aimRun(c *call) []iam.Target {
	resources := []string{"instance/*", "image/{ImageId}"}
	if len(c.Input.Get("BlockDeviceMappings").Array()) > 0 {
		resources = append(resources, "volume/*")
	}
	targets := onEC2(resources...)(c)
	image := "arn:aws:ec2:" + c.Region + "::image/" + c.text("ImageId") // public images belong to nobody here
	targets[1].Resource, targets[1].Shown, targets[1].Owner = image, image, ""
	return targets
}

func onInstances(c *call) []iam.Target {
	targets := []iam.Target{}
	for _, id := range c.list("InstanceIds") {
		targets = append(targets, c.target("ec2", c.arn("ec2", "instance/"+id)))
	}
	return targets
}

// runInstances launches instances with the volumes of their block device mappings. An instance whose volumes cannot be
// opened is launched nevertheless, and terminates at once.
func (c *call) runInstances() (object, *Error) {
	n := max(c.Input.Get("MaxCount").Int(), 1)
	if n > 20 {
		return nil, &Error{"InstanceLimitExceeded", "Your quota allows for 0 more running instance(s). You requested at least " + c.Input.Get("MaxCount").Raw, 400}
	}
	list := []object{}
	for range n {
		i := instance{home: c.home(), ID: c.newID("i"), Image: c.text("ImageId"), Type: c.text("InstanceType"), State: running, LaunchedAt: c.Now}
		if i.Type == "" {
			i.Type = "m1.small" // EC2's own default
		}
		if !c.attachMapped(i) {
			i.State, i.Reason = terminated, &launchError
		}
		c.instances[i.ID] = i
		launched := i
		launched.State, launched.Reason = pending, nil
		list = append(list, c.describeInstance(launched))
	}
	return object{"ReservationId": c.newID("r"), "OwnerId": c.Caller.Account, "Groups": []object{}, "Instances": list}, nil
}

// attachMapped makes and attaches the volumes of a launch. What was made for a launch that fails is gone again.
func (c *call) attachMapped(i instance) bool {
	made := []string{}
	ok := true
	c.Input.Get("BlockDeviceMappings").ForEach(func(_, m gjson.Result) bool {
		ebs := m.Get("Ebs")
		v := c.newVolume("", ebs.Get("VolumeSize").Int(), ebs.Get("VolumeType").Str)
		v.Attached = &attachment{Instance: i.ID, Device: m.Get("DeviceName").Str, AttachedAt: c.Now}
		if ebs.Get("Encrypted").Bool() {
			ok = c.encryptVolume(&v, ebs.Get("KmsKeyId").Str) == nil && c.open(&v) == nil
		}
		c.volumes[v.ID] = v
		made = append(made, v.ID)
		return ok
	})
	for _, id := range made {
		if v := c.volumes[id]; !ok {
			c.close(&v)
			delete(c.volumes, id)
		}
	}
	return ok
}

func (c *call) findInstance(id string) (instance, *Error) {
	i, ok := c.instances[id]
	if !ok || i.home != c.home() {
		return instance{}, &Error{"InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist", 400}
	}
	return i, nil
}

// named finds the instances of a request.
func (c *call) named() ([]instance, *Error) {
	found := []instance{}
	for _, id := range c.list("InstanceIds") {
		i, err := c.findInstance(id)
		if err != nil {
			return nil, err
		}
		found = append(found, i)
	}
	return found, nil
}

// volumesOf are the volumes attached to an instance, sorted by id.
func (c *call) volumesOf(instance string) []string {
	return ids(c.volumes, func(v volume) bool { return v.Attached != nil && v.Attached.Instance == instance })
}

// startInstances opens the volumes again, with new grants in the name of the caller. An instance for which KMS says no
// seems to start, and stops.
func (c *call) startInstances() (object, *Error) {
	found, err := c.named()
	if err != nil {
		return nil, err
	}
	list := []object{}
	for _, i := range found {
		before := i.State
		switch i.State {
		case terminated:
			return nil, &Error{"IncorrectInstanceState", "The instance '" + i.ID + "' is not in a state from which it can be started.", 400}
		case running:
			list = append(list, change(i.ID, running, running))
			continue
		}
		if i.State, i.Reason = running, nil; !c.openAll(i.ID) {
			i.State, i.Reason = stopped, &launchError
		}
		c.instances[i.ID] = i
		list = append(list, change(i.ID, before, pending))
	}
	return object{"StartingInstances": list}, nil
}

func (c *call) openAll(instance string) bool {
	for _, id := range c.volumesOf(instance) {
		v := c.volumes[id]
		if c.open(&v) != nil {
			c.closeAll(instance)
			return false
		}
		c.volumes[id] = v
	}
	return true
}

func (c *call) closeAll(instance string) {
	for _, id := range c.volumesOf(instance) {
		v := c.volumes[id]
		c.close(&v)
		c.volumes[id] = v
	}
}

func (c *call) stopInstances() (object, *Error) {
	return c.end("StoppingInstances", stopping, stopped)
}

// terminateInstances detaches the volumes; they stay, as those that were attached later do.
func (c *call) terminateInstances() (object, *Error) {
	out, err := c.end("TerminatingInstances", shuttingDown, terminated)
	for _, instance := range c.list("InstanceIds") {
		for _, id := range c.volumesOf(instance) {
			v := c.volumes[id]
			v.Attached = nil
			c.volumes[id] = v
		}
	}
	return out, err
}

// end stops instances for a time or for ever. Either way EC2 retires the grants for their volumes.
func (c *call) end(answer string, shown, state instanceState) (object, *Error) {
	found, err := c.named()
	if err != nil {
		return nil, err
	}
	list := []object{}
	for _, i := range found {
		if i.State == state || i.State == terminated {
			list = append(list, change(i.ID, i.State, i.State))
			continue
		}
		c.closeAll(i.ID)
		list = append(list, change(i.ID, i.State, shown))
		i.State, i.Reason = state, nil
		c.instances[i.ID] = i
	}
	return object{answer: list}, nil
}

func change(id string, from, to instanceState) object {
	return object{"InstanceId": id, "CurrentState": to.describe(), "PreviousState": from.describe()}
}

func (s instanceState) describe() object { return object{"Code": s.Code, "Name": s.Name} }

func (c *call) describeInstances() (object, *Error) {
	found, err := c.named()
	if err != nil {
		return nil, err
	}
	if !c.has("InstanceIds") {
		for _, id := range ids(c.instances, func(i instance) bool { return i.home == c.home() }) {
			found = append(found, c.instances[id])
		}
	}
	list := []object{}
	for _, i := range found {
		list = append(list, object{"OwnerId": i.Account, "Groups": []object{}, "Instances": []object{c.describeInstance(i)}})
	}
	return object{"Reservations": list}, nil
}

func (c *call) describeInstance(i instance) object {
	mappings := []object{}
	for _, id := range c.volumesOf(i.ID) {
		a := c.volumes[id].Attached
		mappings = append(mappings, object{"DeviceName": a.Device, "Ebs": object{
			"VolumeId": id, "Status": "attached", "AttachTime": iso(a.AttachedAt), "DeleteOnTermination": false,
		}})
	}
	out := object{
		"InstanceId": i.ID, "ImageId": i.Image, "InstanceType": i.Type, "State": i.State.describe(), "LaunchTime": iso(i.LaunchedAt),
		"Placement": object{"AvailabilityZone": c.Region + "a"}, "BlockDeviceMappings": mappings,
	}
	if i.Reason != nil {
		out["StateReason"] = object{"Code": i.Reason.Code, "Message": i.Reason.Message}
	}
	return out
}
