package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// journal is an append-only file of records, one a line: the length of the text and its CRC-32C as eight hexadecimal
// digits each, then the text, which has no line breaks. A record is on the disk before wait returns; those who wait at
// the same time share one write.
type journal struct {
	file *os.File
	lock *os.File

	mu       sync.Mutex
	done     *sync.Cond
	pending  []byte
	appended int // records
	kept     int
	writing  bool
	err      error // the disk's; nothing is kept any more
}

const journalName = "journal"

// openJournal reads the records of a folder's journal and makes it ready for more. What comes after the last line
// break was being written when the server ended, and was never answered: it is cut off, and cut says how long it was. A
// line that is not a record is refused, and the file left as it is.
func openJournal(dir string, read func(number int, text []byte) error) (j *journal, cut int, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, 0, err
	}
	lock, err := lockFolder(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, 0, err
	}
	file, err := os.OpenFile(filepath.Join(dir, journalName), os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		cut, err = readRecords(file, read)
	}
	if err == nil {
		err = syncFolder(dir)
	}
	if err != nil {
		lock.Close()
		return nil, 0, err
	}
	j = &journal{file: file, lock: lock}
	j.done = sync.NewCond(&j.mu)
	return j, cut, nil
}

// readRecords reads all records, cuts off a torn one, and leaves the file at its end.
func readRecords(file *os.File, read func(int, []byte) error) (cut int, err error) {
	in := bufio.NewReaderSize(file, 1<<20)
	var offset int64
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			if len(line) == 0 {
				return 0, nil
			}
			if err := file.Truncate(offset); err != nil {
				return 0, err
			}
			_, err := file.Seek(offset, io.SeekStart)
			return len(line), errors.Join(err, file.Sync())
		}
		if err != nil {
			return 0, err
		}
		text, problem := unpack(line)
		if problem == "" {
			if err := read(number, text); err != nil {
				problem = err.Error()
			}
		}
		if problem != "" {
			return 0, fmt.Errorf("%s, line %d, at byte %d: %s; the file is left as it is", file.Name(), number, offset, problem)
		}
		offset += int64(len(line))
	}
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func pack(text []byte) []byte {
	return append(append(fmt.Appendf(nil, "%08x %08x ", len(text), crc32.Checksum(text, castagnoli)), text...), '\n')
}

func unpack(line []byte) (text []byte, problem string) {
	const head = len("00000000 00000000 ")
	line = bytes.TrimSuffix(line, []byte("\n"))
	var length, sum uint32
	if len(line) < head {
		return nil, "this is not a record"
	}
	if _, err := fmt.Sscanf(string(line[:head]), "%08x %08x ", &length, &sum); err != nil {
		return nil, "this is not a record"
	}
	text = line[head:]
	switch {
	case int(length) != len(text):
		return nil, fmt.Sprintf("the record has %d bytes instead of %d", len(text), length)
	case crc32.Checksum(text, castagnoli) != sum:
		return nil, "the record does not match its checksum"
	}
	return text, ""
}

// append puts a record behind the others and returns its number, to wait for.
func (j *journal) append(text []byte) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pending = append(j.pending, pack(text)...)
	j.appended++
	return j.appended
}

// wait returns once a record is on the disk. Whoever comes first writes for all who wait.
func (j *journal) wait(number int) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.kept < number && j.err == nil {
		if j.writing {
			j.done.Wait()
			continue
		}
		batch, last := j.pending, j.appended
		j.pending, j.writing = nil, true
		j.mu.Unlock()
		_, err := j.file.Write(batch)
		if err == nil {
			err = j.file.Sync()
		}
		j.mu.Lock()
		j.writing, j.err = false, err
		if err == nil {
			j.kept = last
		}
		j.done.Broadcast()
	}
	return j.err
}

// failed is the error that ended the journal, nil while it works.
func (j *journal) failed() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err
}

func (j *journal) close() error { return errors.Join(j.file.Close(), j.lock.Close()) }

// syncFolder makes sure that a file which was just made is found again.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
