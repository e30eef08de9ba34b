package kms

import (
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/authz"
	"kmsplayground/engine/catalog"
)

// call is one request on its way through the steps of Do.
type call struct {
	*Service
	Request
	op     *operation
	input  []member
	keys   []*target // beside op.keys; nil where an optional parameter was left out
	result Result

	created *Key     // CreateKey, ReplicateKey: the key to be
	grant   *Grant   // RetireGrant, RevokeGrant: the grant in question
	alias   *Alias   // alias operations: the alias, nil when there is none of that name
	tokens  []string // ids of the grants that the request's grant tokens name
}

// Do performs a call. The order of the steps is ours where AWS's cannot be observed: the input is checked, the keys
// are looked up, the caller is authorized, the state of the keys is checked, and then it acts.
func (s *Service) Do(r Request) (Result, *Error) {
	c, err := s.begin(r)
	if err == nil {
		err = c.authorize()
	}
	if err == nil {
		c.result.Resources = c.resources()
		err = c.checkStates()
	}
	if err == nil {
		err = c.act()
	}
	return c.result, err
}

// Decide answers the authorization checks of a call without acting. The error is that of a call which failed before
// it came to authorization, or the missing key; a denial is no error here.
func (s *Service) Decide(r Request) ([]authz.Explanation, *Error) {
	c, err := s.begin(r)
	if err != nil {
		return nil, err
	}
	for _, check := range c.checks() {
		c.result.Checks = append(c.result.Checks, c.decide(check))
	}
	return c.result.Checks, nil
}

// Answers are the decisions that Decide explains, for questions about many calls.
func (s *Service) Answers(r Request) ([]authz.Decision, *Error) {
	c, err := s.begin(r)
	if err != nil {
		return nil, err
	}
	answers := []authz.Decision{}
	for _, check := range c.checks() {
		answers = append(answers, c.answer(check))
	}
	return answers, nil
}

// begin checks the input and looks up the keys.
func (s *Service) begin(r Request) (*call, *Error) {
	c := &call{Service: s, Request: r, result: Result{Checks: []authz.Explanation{}, Resources: []string{}}}
	model, ok := catalog.LookupKMS(r.Operation)
	if !ok {
		return c, errorf("UnknownOperationException", "")
	}
	if c.op = lookup(r.Operation); c.op == nil {
		return c, errorf(unsupportedOperation, "%s is not simulated yet.", r.Operation)
	}
	c.result.Event.ReadOnly = c.op.readOnly
	if text := catalog.Decodable(*model, r.Input); text != "" {
		return c, errorf("SerializationException", "%s", text)
	}
	if text := catalog.Validate(*model, r.Input); text != "" {
		return c, errorf(validation, "%s", text)
	}
	c.readInput()
	if c.op.prepare != nil {
		if err := c.op.prepare(c); err != nil {
			return c, err
		}
	}
	if err := c.readGrantTokens(); err != nil {
		return c, err
	}
	return c, c.lookUpKeys()
}

// act performs the operation. A dry run performs it on a copy of the service and fails when it succeeded.
func (c *call) act() *Error {
	if !c.bool("DryRun") {
		output, err := c.op.act(c)
		if err == nil {
			c.result.Output = output
		}
		return err
	}
	trial := *c
	trial.Service = c.Service.Clone()
	if _, err := c.op.act(&trial); err != nil {
		return err
	}
	return errorf(dryRun, "The request would have succeeded, but the DryRun option is set.")
}

func (c *call) checkStates() *Error {
	for _, t := range c.keys {
		switch {
		case t == nil:
			continue
		case t.missing:
			return t.foundMissing
		}
		if code, text := catalog.StateError(c.op.name, t.key.ARN, t.key.State, t.key.Origin); code != "" {
			return errorf(code, "%s", text)
		}
	}
	return nil
}

// resources are the ARNs that CloudTrail lists: the keys, then the alias of an alias operation.
func (c *call) resources() []string {
	all := []string{}
	for _, t := range c.keys {
		if t != nil && !t.missing {
			all = append(all, t.key.ARN)
		}
	}
	if c.created != nil && c.op.name == "CreateKey" {
		all = append(all, c.created.ARN)
	}
	if c.op.name == "DeleteAlias" {
		all = append(all, c.alias.TargetARN)
	}
	if name := c.str("AliasName"); name != "" {
		all = append(all, c.aliasARN(c.Caller.Account, name))
	}
	return all
}

// member is one of the request's input.
type member struct {
	name  string
	value gjson.Result
	pairs map[string]string // of an encryption context, once it was read
}

// readInput takes the input apart once; most parameters are looked at several times.
func (c *call) readInput() {
	c.input = make([]member, 0, 4)
	c.Input.ForEach(func(k, v gjson.Result) bool {
		c.input = append(c.input, member{name: k.Str, value: v})
		return true
	})
}

// member is a parameter; the zero result when the request does not have it. The first of several counts.
func (c *call) member(name string) gjson.Result {
	for i := range c.input {
		if c.input[i].name == name {
			return c.input[i].value
		}
	}
	return gjson.Result{}
}

func (c *call) has(name string) bool { return c.member(name).Type != gjson.Null }

func (c *call) str(name string) string { return c.member(name).Str }

func (c *call) bool(name string) bool { return c.member(name).Bool() }

// int is an integer parameter, or its default.
func (c *call) int(name string, missing int) int {
	if v := c.member(name); v.Type == gjson.Number {
		return int(v.Int())
	}
	return missing
}

func (c *call) list(name string) []string {
	list := []string{}
	for _, item := range c.member(name).Array() {
		list = append(list, item.Str)
	}
	return list
}

// pairs is a map parameter, nil when it is missing or empty.
func pairs(value gjson.Result) map[string]string {
	var m map[string]string
	value.ForEach(func(k, v gjson.Result) bool {
		if m == nil {
			m = map[string]string{}
		}
		m[k.Str] = v.Str
		return true
	})
	return m
}

func (c *call) aliasARN(account, name string) string {
	return "arn:" + c.partition() + ":kms:" + c.Region + ":" + account + ":" + name
}

func (c *call) keyARN(account, id string) string {
	return "arn:" + c.partition() + ":kms:" + c.Region + ":" + account + ":key/" + id
}

func (c *call) partition() string {
	switch {
	case strings.HasPrefix(c.Region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(c.Region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}
