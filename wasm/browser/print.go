package browser

import (
	"slices"
	"strings"

	"kmsplayground/engine/awscli"
)

// print writes a call as a script for a shell.
func (d *Door) print(r Request) Reply {
	if r.Call == nil {
		return failure("a Print request carries a Call")
	}
	files := ""
	command := awscli.Print(*r.Call, func(name, content string) string {
		files += writeFile(name, content)
		return name
	})
	return Reply{Text: files + command}
}

// try answers a call on a copy of the world: the event that it would leave is known before it is sent.
func (d *Door) try(r Request) Reply {
	if r.Call == nil {
		return failure("a Try request carries a Call")
	}
	answer := d.session.World().Clone().Call(*r.Call)
	return Reply{Answer: &answer}
}

// writeFile is the command that writes a file: a here-document where that says exactly the same, or JSON, to which a
// line break at the end means nothing.
func writeFile(name, content string) string {
	if !strings.HasSuffix(content, "\n") && !strings.HasSuffix(name, ".json") {
		return "printf %s " + awscli.Quote(content) + " > " + awscli.Quote(name) + "\n"
	}
	text := strings.TrimSuffix(content, "\n")
	end := "EOF"
	for slices.Contains(strings.Split(text, "\n"), end) {
		end += "_"
	}
	return "cat > " + awscli.Quote(name) + " << '" + end + "'\n" + text + "\n" + end + "\n"
}
