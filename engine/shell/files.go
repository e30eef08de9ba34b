package shell

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"
	"time"

	"mvdan.cc/sh/v3/interp"

	"kmsplayground/engine/awscli"
)

// files are virtual files by cleaned name. Contents are replaced, never changed.
type files map[string]string

// Bounds of what a script may leave behind.
const (
	maxOutput = 1 << 20 // bytes of standard output, of standard error, and of one file
	maxFiles  = 1000
	maxHeld   = 16 << 20 // bytes of all files, and of all variables
)

// cleanName makes "/x", "./x" and "x" the same file.
func cleanName(name string) string { return strings.TrimPrefix(path.Clean("/"+name), "/") }

// bounded collects output up to maxOutput bytes; more sets over. The shell's own commands do not look at errors of
// writing, so that countCall ends the script.
type bounded struct {
	text bytes.Buffer
	over *error
}

func (b *bounded) String() string { return b.text.String() }

var errHeld = fmt.Errorf("stopped: the files hold more than %d bytes", maxHeld)

var errOutput = fmt.Errorf("stopped: more than %d bytes of output", maxOutput)

func (b *bounded) Write(p []byte) (int, error) {
	if b.text.Len()+len(p) > maxOutput {
		*b.over = errOutput
		return 0, errOutput
	}
	return b.text.Write(p)
}

// handle is an open file: reads see the content as it was, writes show at once.
type handle struct {
	in    *strings.Reader
	write func(content string) error
	out   bounded
}

func (h *handle) Read(p []byte) (int, error) {
	if h.in == nil {
		return 0, io.EOF
	}
	return h.in.Read(p)
}

func (h *handle) Write(p []byte) (int, error) {
	if h.write == nil {
		return 0, errors.New("file is not open for writing")
	}
	n, err := h.out.Write(p)
	if err != nil {
		return n, err
	}
	return n, h.write(h.out.String())
}

func (h *handle) Close() error { return nil }

// null is /dev/null.
type null struct{}

func (null) Read([]byte) (int, error)    { return 0, io.EOF }
func (null) Write(p []byte) (int, error) { return len(p), nil }
func (null) Close() error                { return nil }

// pipePrefix is where the sides of a pipe leave their output.
const pipePrefix = "dev/pipe/"

func (r *run) table(name string) files {
	if strings.HasPrefix(name, pipePrefix) {
		return r.pipes
	}
	return r.shell.files
}

func openFile(ctx context.Context, name string, flag int, _ os.FileMode) (io.ReadWriteCloser, error) {
	r := current(ctx)
	name = cleanName(name)
	if name == "dev/null" {
		return null{}, nil
	}
	table := r.table(name)
	content, exists := table[name]
	if flag&os.O_CREATE == 0 {
		if !exists {
			return nil, &os.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
		return &handle{in: strings.NewReader(content)}, nil
	}
	if !exists && len(table) >= maxFiles {
		return nil, fmt.Errorf("stopped: more than %d files", maxFiles)
	}
	h := &handle{out: bounded{over: &r.over}, write: func(content string) error { return r.put(table, name, content) }}
	if flag&os.O_APPEND != 0 {
		h.out.text.WriteString(content)
	} else {
		content = ""
	}
	return h, r.put(table, name, content)
}

func readDir(ctx context.Context, name string) ([]fs.DirEntry, error) {
	prefix := cleanName(name)
	if prefix != "" {
		prefix += "/"
	}
	seen := map[string]bool{}
	var entries []fs.DirEntry
	for file := range current(ctx).shell.files {
		rest, ok := strings.CutPrefix(file, prefix)
		if !ok {
			continue
		}
		first, _, isDir := strings.Cut(rest, "/")
		if !seen[first] {
			seen[first] = true
			entries = append(entries, fs.FileInfoToDirEntry(info{name: first, dir: isDir}))
		}
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	return entries, nil
}

func statFile(ctx context.Context, name string, _ bool) (fs.FileInfo, error) {
	r := current(ctx)
	clean := cleanName(name)
	if content, ok := r.table(clean)[clean]; ok {
		return info{name: path.Base(clean), size: int64(len(content))}, nil
	}
	if clean == "" || clean == "dev/null" {
		return info{name: path.Base("/" + clean), dir: clean == ""}, nil
	}
	for file := range r.shell.files {
		if strings.HasPrefix(file, clean+"/") {
			return info{name: path.Base(clean), dir: true}, nil
		}
	}
	return nil, &os.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

func accessFile(ctx context.Context, name string, mode interp.AccessMode) error {
	if _, err := statFile(ctx, name, true); err != nil {
		return err
	}
	if mode&interp.AccessExec != 0 {
		return &os.PathError{Op: "access", Path: name, Err: fs.ErrPermission}
	}
	return nil
}

// info describes a virtual file. Files have no times.
type info struct {
	name string
	size int64
	dir  bool
}

func (i info) Name() string { return i.name }
func (i info) Size() int64  { return i.size }
func (i info) IsDir() bool  { return i.dir }
func (i info) Sys() any     { return nil }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
func (i info) ModTime() time.Time { return time.Time{} }

// paramFile reads the files that file:// and fileb:// name.
func (r *run) paramFile(hc interp.HandlerContext) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		clean := cleanName(name)
		if clean == "dev/stdin" {
			return readAll(hc.Stdin)
		}
		content, ok := r.table(clean)[clean]
		if !ok {
			return nil, fmt.Errorf("[Errno 2] No such file or directory: '%s'", name)
		}
		return []byte(content), nil
	}
}

// save puts what a command streams into a file.
func (r *run) save(f awscli.File) error {
	name := cleanName(f.Name)
	if name == "dev/null" {
		return nil
	}
	table := r.table(name)
	if _, exists := table[name]; !exists && len(table) >= maxFiles {
		return fmt.Errorf("stopped: more than %d files", maxFiles)
	}
	return r.put(table, name, f.Content)
}

// put replaces the content of a file, unless all files would then hold too much.
func (r *run) put(table files, name, content string) error {
	held := len(content) - len(table[name])
	for _, c := range table {
		held += len(c)
	}
	if held > maxHeld {
		r.over = errHeld
		return errHeld
	}
	table[name] = content
	return nil
}

func readAll(in io.Reader) ([]byte, error) {
	if in == nil {
		return nil, nil
	}
	return io.ReadAll(io.LimitReader(in, maxOutput))
}
