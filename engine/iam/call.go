package iam

import (
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
)

// Request is one call to IAM, STS or AWS Organizations.
type Request struct {
	Caller    *Principal
	Operation string // "CreateUser"
	Input     gjson.Result
	Now       time.Time
	Region    string
}

// call is a request while it is performed. A handler checks everything before it changes anything, so that a call
// that fails leaves no trace, not even a used ordinal.
type call struct {
	*Directory
	Request
	account string // of the caller
}

// Do performs a call that has been authorized. The output is an Object, or nil for operations that answer nothing;
// timestamps are in the form of AWS's Query protocol, those of Organizations in the form of AWS JSON 1.1, and policy
// documents are plain text (the wire encodes them).
func (d *Directory) Do(service string, r Request) (output any, err *Error) {
	handler, c, err := d.prepare(service, r)
	if err != nil {
		return nil, err
	}
	if service == "iam" {
		if err := c.checkProtected(); err != nil {
			return nil, err
		}
	}
	defer d.forget()
	out, err := handler.do(c)
	if err != nil || out == nil {
		return nil, err
	}
	return out, nil
}

// prepare finds the handler of a call and checks the input against its model.
func (d *Directory) prepare(service string, r Request) (operation, *call, *Error) {
	handler, ok := operations[service+":"+r.Operation]
	if !ok && service == "organizations" {
		return operation{}, nil, errorf("UnknownOperationException", "")
	}
	if !ok {
		return operation{}, nil, errorf("InvalidAction", "Could not find operation %s for version %s", r.Operation, versions[service])
	}
	c := &call{Directory: d, Request: r, account: r.Caller.Account}
	d.touch(c.account)
	if err := c.validate(service); err != nil {
		return operation{}, nil, err
	}
	return handler, c, nil
}

// versions are the API versions that AWS's Query protocol names.
var versions = map[string]string{"iam": "2010-05-08", "sts": "2011-06-15"}

func (c *call) validate(service string) *Error {
	if service == "organizations" {
		return c.validateOrganizations()
	}
	models := catalog.IAM
	if service == "sts" {
		models = catalog.STS
	}
	for _, op := range models() {
		if op.Name == c.Operation {
			if err := badCharacters(service, op, c.Input); err != nil {
				return err
			}
			if text := catalog.Validate(op, c.Input); text != "" {
				if service == "iam" {
					text = withoutValues(op, c.Input)
				}
				return errorf("ValidationError", "%s", text)
			}
		}
	}
	return nil
}

// text returns a string parameter, "" when it is absent.
func (c *call) text(name string) string { return c.Input.Get(name).String() }

// flag returns a boolean parameter, false when it is absent.
func (c *call) flag(name string) bool { return c.Input.Get(name).Bool() }

// number returns an integer parameter.
func (c *call) number(name string, absent int) int {
	if v := c.Input.Get(name); v.Type != gjson.Null {
		return int(v.Int())
	}
	return absent
}

// path returns a path parameter.
func (c *call) path(name string) string {
	if p := c.text(name); p != "" {
		return p
	}
	return "/"
}

// nothing is the answer of the operations that answer nothing.
var nothing Object
