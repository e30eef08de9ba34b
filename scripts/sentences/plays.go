package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/keypair"
)

// play is a world in which the calls of test data are made, for what is said of them. Whether they come out as they
// should is the business of the tests of packages engine and kms, which say what the forms of the data mean.
type play struct {
	sentences
	world *engine.World
	saved map[string]string
}

func (s sentences) play() play {
	statement := func(text string) string { return `{"Version":"2012-10-17","Statement":[` + text + `]}` }
	trust := func(account string) string {
		return statement(`{"Effect":"Allow","Principal":{"AWS":"` + account + `"},"Action":["sts:AssumeRole"]}`)
	}
	return play{s, engine.New(engine.Options{Seed: "play", Algorithms: keypair.All{}}), map[string]string{
		"trust": trust("111122223333"), "trustB": trust("444455556666"),
		"all":     statement(`{"Effect":"Allow","Action":"*","Resource":"*"}`),
		"kms":     statement(`{"Effect":"Allow","Action":"kms:*","Resource":"*"}`),
		"s3":      statement(`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`),
		"denyKms": statement(`{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"kms:*","Resource":"*"}`),
	}}
}

func (p play) fill(text string) string {
	for name, value := range p.saved {
		text = strings.ReplaceAll(text, "{{"+name+"}}", value)
	}
	return text
}

// call makes a call as "root" of the account, or somebody else, and returns its output.
func (p play) call(c engine.Call, name, input string) []byte {
	c.As, c.Input = p.fill(c.As), policiesAsText(p.fill(input))
	if c.As == "root" || c.As == "" {
		c.As = "111122223333:root"
	}
	c.Service, c.Operation, _ = strings.Cut(name, ":")
	answer := p.world.Call(c)
	p.answer(answer)
	return answer.Output
}

// policiesAsText turns policies that are written as JSON into the strings that the API wants.
func policiesAsText(input string) []byte {
	var members map[string]json.RawMessage
	if json.Unmarshal([]byte(input), &members) != nil {
		return []byte(input) // a call may send what is no object
	}
	for _, name := range []string{"Policy", "PolicyDocument", "AssumeRolePolicyDocument", "Content"} {
		if v := members[name]; len(v) > 0 && v[0] == '{' {
			members[name], _ = json.Marshal(string(v))
		}
	}
	text, err := json.Marshal(members)
	if err != nil {
		panic(err) // they were read a moment ago
	}
	return text
}

// scripts collects from the blocks of a file of calls, "CALLER [via=SERVICE] … SERVICE:OPERATION INPUT".
func (s sentences) scripts(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	blocks := strings.Split(string(text), "\n== ")[1:]
	for _, block := range blocks[2:] {
		title, script, _ := strings.Cut(block, "\n")
		p := s.play()
		p.script(blocks[0])
		if strings.Contains(title, "two accounts") {
			p.script(blocks[1])
		}
		p.script(script)
	}
	return nil
}

func (p play) script(text string) {
	var output []byte
	for _, line := range strings.Split(text, "\n") {
		if pairs, ok := strings.CutPrefix(line, "  > "); ok {
			for _, pair := range strings.Fields(pairs) {
				name, path, _ := strings.Cut(pair, "=")
				p.saved[name] = gjson.GetBytes(output, path).String()
			}
		}
		if quota, ok := strings.CutPrefix(line, "quota "); ok {
			if q, problem := engine.ParseQuota(quota); problem == "" {
				p.world.SetQuota(q)
			}
			continue
		}
		head, input := line, "{}"
		if i := strings.Index(line, " {"); i >= 0 {
			head, input = line[:i], line[i+1:]
		}
		words := strings.Fields(p.fill(head))
		if len(words) < 2 || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "#") || !strings.Contains(words[len(words)-1], ":") {
			continue // what came of the call, or the name of the block
		}
		c := engine.Call{As: words[0]}
		for _, word := range words[1 : len(words)-1] {
			switch name, value, _ := strings.Cut(word, "="); name {
			case "via":
				c.Environment.ViaService = value
			case "source":
				c.Environment.SourceArn = value
			case "vpce":
				c.Environment.VPCEndpoint = value
			case "region":
				c.Region = value
			}
		}
		output = p.call(c, words[len(words)-1], input)
	}
}

// steps collects from the calls of a file of steps.
func (s sentences) steps(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var steps []struct {
		As, Call, Region, Via, Wait string
		Later                       time.Duration // seconds
		Input                       json.RawMessage
		Save                        map[string]string
	}
	if err := json.Unmarshal(text, &steps); err != nil {
		return err
	}
	p := s.play()
	for _, step := range steps {
		wait, _ := time.ParseDuration(step.Wait)
		p.world.Advance(wait + step.Later*time.Second)
		output := p.call(engine.Call{As: step.As, Region: step.Region, Environment: engine.Environment{ViaService: step.Via}}, step.Call, string(step.Input))
		for name, path := range step.Save {
			p.saved[name] = gjson.GetBytes(output, path).String()
		}
	}
	return nil
}

// each runs a collector on the files of a pattern.
func each(pattern string, collect func(name string) error) error {
	names, err := filepath.Glob(pattern)
	for _, name := range names {
		if err == nil {
			err = collect(name)
		}
	}
	return err
}
