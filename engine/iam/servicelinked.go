package iam

import (
	"time"

	"kmsplayground/engine/policy"
)

// ServiceLinkedRole creates the role of a service in an account, unless there is one of that name. AWS lets the service
// alone assume it; its own permissions are for calls that nobody sees here, and are left out.
func (d *Directory) ServiceLinkedRole(account, service, name string, now time.Time) {
	if d.find(account, roleKind, name) != nil {
		return
	}
	trust, err := parse(policy.TrustPolicy, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"`+
		service+`"},"Action":"sts:AssumeRole"}]}`)
	if err != nil {
		panic(err.Message) // the text is ours
	}
	c := call{Directory: d, account: account}
	defer d.forget()
	d.put(entity{
		kind: roleKind, account: account, path: "/aws-service-role/" + service + "/", name: name, created: now,
		id: d.drawID(purpose(account, string(roleKind), c.nextOrdinal(roleKind)), roleKind.idPrefix(), 21), trust: trust, maxSession: 3600, linked: true,
	})
}

// checkProtected refuses what would change a role that only its service may change; tags are the account's own. It would
// be deleted by iam:DeleteServiceLinkedRole, which is not simulated.
func (c *call) checkProtected() *Error {
	switch c.Operation {
	case "DeleteRole", "UpdateAssumeRolePolicy", "PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy",
		"PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary":
	default:
		return nil
	}
	if e := c.find(c.account, roleKind, c.text("RoleName")); e != nil && e.linked {
		return errorf("UnmodifiableEntity", "Cannot perform the operation on the protected role '%s' - this role is only modifiable by AWS", e.name)
	}
	return nil
}
