package main

import (
	"os"
	"path/filepath"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/capture"
	"kmsplayground/engine/keypair"
)

// captured are inputs of which not everything can be read, or nothing.
var captured = []string{
	"hello", "{\"Tags\": [\n", `{"Tags": [,]}`, strings.Repeat("[", 5000), `{"a": 1}`, `{"eventSource":"s3.amazonaws.com"}`, `{"Tags":[]}`,
	`{"KeyMetadata":{"Arn":"arn:aws:kms:us-east-1:111122223333:alias/a"}}`, `{"UserDetailList":[]}`, `{"UserDetailList":[{"Arn":"x"}]}`,
	`{"eventSource":"kms.amazonaws.com","userIdentity":{"type":"AWSAccount","accountId":"111122223333"}}`,
	`{"eventSource":"kms.amazonaws.com","awsRegion":"us-east-1","userIdentity":{"type":"AWSAccount","accountId":"111122223333"}}`,
	`{"eventSource":"kms.amazonaws.com","awsRegion":"us-east-1","userIdentity":{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}}`,
}

// capture collects what is said of what the AWS CLI printed.
func (s sentences) capture(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for _, text := range append([]string{string(text)}, captured...) {
		c := capture.Read([]capture.Input{{Name: filepath.Base(name), Text: text}}, engine.Options{Algorithms: keypair.All{}}, nil)
		for _, p := range c.Parts {
			for _, text := range []string{string(p.Kind), p.About} {
				if strings.Contains(text, " ") { // else it is the name of a command or of a key
					s.add(text)
				}
			}
		}
		for _, p := range c.Problems {
			s.add(p.Message)
		}
		for _, m := range c.Missing {
			s.add(m.Text)
		}
	}
	return nil
}

// lines collects from a file of sentences, one on a line.
func (s sentences) lines(name string) error {
	text, err := os.ReadFile(name)
	s.add(strings.Split(string(text), "\n")...)
	return err
}
