package main

import (
	"regexp"
	"strings"

	"github.com/tidwall/gjson"

	"kmsplayground/engine/catalog"
)

// evidence is what calls an operation. Every operation is called in every key state and at every limit of its parameters
// besides, which tests of their own hold. A step counts where the operation succeeds.
type evidence struct{ steps, stories, clients bool }

func (e evidence) String() string {
	names := []string{}
	for _, kind := range []struct {
		is   bool
		name string
	}{{e.steps, "steps"}, {e.stories, "stories"}, {e.clients, "AWS SDKs"}} {
		if kind.is {
			names = append(names, kind.name)
		}
	}
	return strings.Join(names, ", ")
}

var (
	command = regexp.MustCompile(`\bkms ([a-z][a-z-]*)`)
	sdkCall = regexp.MustCompile(`\bkms\.(\w+)Input\b|\b(\w+)Command\(`)
)

// collect reads what is called: steps of engine/kms, stories, and the SDKs' own calls.
func collect(top string) (map[string]evidence, error) {
	found := map[string]evidence{}
	steps, err := files(top, "engine/kms/testdata/*.json")
	if err != nil {
		return nil, err
	}
	for _, text := range steps {
		for _, step := range gjson.Parse(text).Array() {
			name, isKMS := strings.CutPrefix(step.Get("Call").Str, "kms:")
			if isKMS && !step.Get("Error").Exists() {
				e := found[name]
				e.steps = true
				found[name] = e
			}
		}
	}
	stories, err := files(top, "engine/scenario/stories/*/*.md", "engine/scenario/stories/*.md")
	if err != nil {
		return nil, err
	}
	byCommand := map[string]string{}
	for _, op := range catalog.KMS() {
		byCommand[kebab(op.Name)] = op.Name
	}
	for _, text := range stories {
		for _, m := range command.FindAllStringSubmatch(text, -1) {
			if name := byCommand[m[1]]; name != "" {
				e := found[name]
				e.stories = true
				found[name] = e
			}
		}
	}
	clients, err := files(top, "scripts/clients/*.go", "scripts/clients/*.mjs", "scripts/clients/*/*.mjs", "site/test/*.mjs")
	if err != nil {
		return nil, err
	}
	for _, text := range clients {
		for _, m := range sdkCall.FindAllStringSubmatch(text, -1) {
			e := found[m[1]+m[2]]
			e.clients = true
			found[m[1]+m[2]] = e
		}
	}
	return found, nil
}

// kebab is how the AWS CLI writes an operation: GetKeyPolicy as get-key-policy.
func kebab(name string) string {
	return strings.TrimPrefix(strings.ToLower(regexp.MustCompile(`[A-Z]`).ReplaceAllString(name, "-$0")), "-")
}
