package iam

import "strings"

// maxAccessKeys is the quota of access keys of a user (IAM quotas page, 2026: not adjustable).
const maxAccessKeys = 2

func (c *credential) status() string {
	if c.inactive {
		return "Inactive"
	}
	return "Active"
}

func (c *call) createAccessKey() (Object, *Error) {
	u, err := c.user()
	if err != nil {
		return nil, err
	}
	if len(c.keysOf(u)) >= maxAccessKeys {
		return nil, exceeded("AccessKeysPerUser", maxAccessKeys)
	}
	a := c.accounts[c.account]
	a.Keys++
	c.accounts[c.account] = a
	from := purpose(c.account, "access-key", a.Keys)
	key := &credential{
		accessKeyID: c.drawID(from, "AKIA", 20), secret: c.drawText(from+"/secret", 40), ordinal: a.Keys,
		created: c.Now, account: c.account, owner: u.id,
	}
	c.credentials[key.accessKeyID] = key
	return Object{{"AccessKey", Object{
		{"UserName", u.name}, {"AccessKeyId", key.accessKeyID}, {"Status", key.status()},
		{"SecretAccessKey", key.secret}, {"CreateDate", stamp(key.created)},
	}}}, nil
}

func (c *call) listAccessKeys() (Object, *Error) {
	u, err := c.user()
	if err != nil {
		return nil, err
	}
	return paginate(c, "AccessKeyMetadata", c.keysOf(u), func(key *credential) any {
		return Object{
			{"UserName", u.name}, {"AccessKeyId", key.accessKeyID}, {"Status", key.status()}, {"CreateDate", stamp(key.created)},
		}
	})
}

// key finds the access key of a user that AccessKeyId names.
func (c *call) key() (*credential, *Error) {
	u, err := c.user()
	if err != nil {
		return nil, err
	}
	id := c.text("AccessKeyId")
	key := c.credentials[id]
	if key == nil || key.owner != u.id || key.session != nil {
		return nil, errorf("NoSuchEntity", "The Access Key with id %s cannot be found.", id)
	}
	return key, nil
}

func (c *call) updateAccessKey() (Object, *Error) {
	key, err := c.key()
	if err != nil {
		return nil, err
	}
	changed := *key
	changed.inactive = !strings.EqualFold(c.text("Status"), "Active")
	c.credentials[key.accessKeyID] = &changed
	return nothing, nil
}

func (c *call) deleteAccessKey() (Object, *Error) {
	key, err := c.key()
	if err != nil {
		return nil, err
	}
	delete(c.credentials, key.accessKeyID)
	return nothing, nil
}
