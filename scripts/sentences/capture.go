package main

import (
	"os"
	"path/filepath"
	"strings"

	"kmsplayground/engine"
	"kmsplayground/engine/capture"
	"kmsplayground/engine/keypair"
)

// capture collects what is said of an import: of the files beside a scenario.md, or of each row of a file of inputs that
// cannot be read.
func (s sentences) capture(name string) error {
	imports := [][]capture.Input{}
	if filepath.Base(name) == "scenario.md" {
		inputs := []capture.Input{}
		err := filepath.WalkDir(filepath.Dir(name), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() || entry.Name() == "scenario.md" {
				return err
			}
			text, err := os.ReadFile(path)
			inputs = append(inputs, capture.Input{Name: path, Text: string(text)})
			return err
		})
		if err != nil {
			return err
		}
		imports = append(imports, inputs)
	} else {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		imports = append(imports, []capture.Input{{Text: strings.Repeat("[", 5000)}})
		for _, row := range strings.Split("\n"+string(text), "\n===== ")[1:] {
			_, row, _ = strings.Cut(row, "\n")
			input, _, _ := strings.Cut(row, "\n~~~~~\n")
			imports = append(imports, []capture.Input{{Text: input}})
		}
	}
	for _, inputs := range imports {
		c := capture.Read(inputs, engine.Options{Algorithms: keypair.All{}}, nil)
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
