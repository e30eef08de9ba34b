package capture

import (
	"slices"
	"strings"
)

// command is what was typed at a prompt before an output: "aws kms get-key-policy --key-id …".
type command struct {
	service, operation string
	flags              map[string]string // by name without dashes; the first value
}

// flag is the value of an option; nil commands have none.
func (c *command) flag(name string) string {
	if c == nil {
		return ""
	}
	return c.flags[name]
}

// operationName is empty for nil commands.
func (c *command) operationName() string {
	if c == nil {
		return ""
	}
	return c.operation
}

func (c *command) is(operation string) bool { return c != nil && c.operation == operation }

// prompts end with one of these before what is typed, as sh, zsh, root's shell, PowerShell and fish print them.
var prompts = [...]string{"$ ", "% ", "# ", "> ", "❯ ", "➜ ", "; ", "& ", "( "}

// commandIn reads a line that calls the AWS CLI, behind a prompt or not; nil for every other line.
func commandIn(line string) *command {
	line = strings.TrimSpace(line)
	at := strings.Index(line, "aws ")
	if at < 0 {
		return nil
	}
	if before := line[:at]; before != "" && !slices.ContainsFunc(prompts[:], func(p string) bool { return strings.HasSuffix(before, p) }) {
		return nil
	}
	c := &command{flags: map[string]string{}}
	words := shellWords(line[at+len("aws "):])
	for i := 0; i < len(words); i++ {
		name, isFlag := strings.CutPrefix(words[i], "--")
		switch {
		case isFlag && strings.Contains(name, "="):
			name, value, _ := strings.Cut(name, "=")
			c.flags[name] = value
		case isFlag && i+1 < len(words) && !strings.HasPrefix(words[i+1], "--") && name != "no-cli-pager":
			c.flags[name] = words[i+1]
			i++
		case isFlag:
		case c.service == "":
			c.service = words[i]
		case c.operation == "":
			c.operation = words[i]
		}
	}
	if c.operation == "" || strings.Trim(c.service, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return nil
	}
	return c
}

// shellWords takes a simple command apart. Quotes hold words together; a pipe or the next command ends it.
func shellWords(text string) (words []string) {
	var word strings.Builder
	quote, inWord := rune(0), false
	end := func() {
		if inWord {
			words = append(words, word.String())
		}
		word.Reset()
		inWord = false
	}
	for _, r := range text {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, inWord = r, true
		case quote == 0 && strings.ContainsRune("|;&>", r):
			end()
			return words
		case quote == 0 && (r == ' ' || r == '\t'):
			end()
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	end()
	return words
}

// goesOn reports whether a line of a command is continued in the next, in sh, PowerShell or cmd.
func goesOn(line string) bool {
	line = strings.TrimRight(line, " \t\r\n")
	return strings.HasSuffix(line, `\`) || strings.HasSuffix(line, " `") || strings.HasSuffix(line, " ^")
}

// isPrompt reports whether nothing is on a line but a prompt: "$", "[user@host ~]$", "PS C:\>".
func isPrompt(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" {
		return true
	}
	switch last := line[len(line)-1]; last {
	case '$', '%', '#', '>':
		return len(line) == 1 || strings.HasPrefix(line, "[") || strings.HasPrefix(line, "PS ") || strings.Contains(line, "@") || strings.HasPrefix(line, "~")
	}
	return false
}
