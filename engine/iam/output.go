package iam

import (
	"bytes"
	"encoding/json"
	"time"
)

// Object is an output structure whose members keep AWS's order. Members that AWS leaves out are not there.
type Object []Member

// Member is one member of an Object.
type Member struct {
	Name  string
	Value any
}

// MarshalJSON writes the members in their order.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, _ := json.Marshal(m.Name)
		b.Write(name)
		b.WriteByte(':')
		value, err := marshal(m.Value)
		if err != nil {
			return nil, err
		}
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshal leaves <, > and & as they are: policies are shown to people.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// with appends a member unless its value is empty.
func (o Object) with(name, value string) Object {
	if value == "" {
		return o
	}
	return append(o, Member{name, value})
}

// stamp is a time as IAM and STS write it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// objects maps a slice to outputs; the result is never nil.
func objects[T any](from []T, form func(T) Object) []Object {
	out := make([]Object, 0, len(from))
	for _, v := range from {
		out = append(out, form(v))
	}
	return out
}

// form is how much of a user, group, role or policy an operation shows (recorded from AWS, 2026-02).
type form int

const (
	listed form = iota // List…: without tags and boundary
	fresh              // Create…: without what has a default, tags in the order of the request
	whole              // Get…
)

func (c *call) output(e *entity, form form) Object {
	title := e.kind.title()
	trust := c.trustText(e)
	o := Object{
		{"Path", e.path}, {title + "Name", e.name}, {title + "Id", e.id},
		{"Arn", e.arn().String()}, {"CreateDate", stamp(e.created)},
	}
	if e.kind == roleKind {
		o = append(o, Member{"AssumeRolePolicyDocument", trust})
	}
	if e.kind == roleKind && form != fresh {
		o = append(o.with("Description", e.description), Member{"MaxSessionDuration", e.maxSession})
	}
	if form == listed {
		return o
	}
	if e.boundary != "" {
		o = append(o, boundaryMember(e))
	}
	switch {
	case len(e.tags) > 0 && form == fresh:
		o = append(o, Member{"Tags", c.tags()})
	case len(e.tags) > 0:
		o = append(o, Member{"Tags", e.tags})
	}
	if e.kind == roleKind && form == whole {
		o = append(o, Member{"RoleLastUsed", Object{}})
	}
	return o
}

func boundaryMember(e *entity) Member {
	return Member{"PermissionsBoundary", Object{
		{"PermissionsBoundaryType", "PermissionsBoundaryPolicy"}, {"PermissionsBoundaryArn", e.boundary},
	}}
}
