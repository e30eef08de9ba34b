package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/tidwall/gjson"

	"kmsplayground/engine"
	"kmsplayground/engine/hsm"
	"kmsplayground/engine/iam"
	"kmsplayground/engine/keypair"
	"kmsplayground/engine/kms"
	"kmsplayground/engine/scenario"
)

// host holds the endpoint's world: the clock is real, and so is chance. With a journal, what changes the world is on
// the disk before it is answered.
type host struct {
	now     func() time.Time
	journal *journal // nil when nothing is kept

	mu      sync.Mutex
	world   *engine.World
	chance  *chance
	recent  recent
	managed map[string]bool      // AWS managed keys of which the journal knows
	used    map[string]time.Time // the last use of each key that the journal knows
}

// beginning is the first record of a journal: what a world was made from.
type beginning struct {
	Format   int // of the journal
	Start    time.Time
	Seed     []byte
	Scenario string // the document that was run first, empty for none
}

const journalFormat = 1

// change is every other record: a call that succeeded and changed the world, or when keys were used last.
type change struct {
	Time   time.Time
	Seed   []byte      `json:",omitempty"`
	Primes primes      `json:",omitempty"`
	Call   engine.Call `json:",omitzero"`
	Output string      `json:",omitempty"` // digest of what was answered
	Uses   []kms.Use   `json:",omitempty"`
}

// newHost makes a host with a new world, or with the world that the journal in state remembers. A document that comes
// with a journal must be the one that the journal began with.
func newHost(document, state string, now func() time.Time) (*host, string, error) {
	h := &host{now: now, managed: map[string]bool{}, used: map[string]time.Time{}}
	if state == "" {
		b := beginning{Seed: newSeed(), Scenario: document}
		return h, "", h.begin(&b)
	}
	known := 0
	j, cut, err := openJournal(state, func(number int, text []byte) error {
		known = number
		return h.replay(number, text, document)
	})
	if err != nil {
		return nil, "", err
	}
	h.journal = j
	told := fmt.Sprintf("%d changes are back", max(known-1, 0))
	if cut > 0 {
		told += fmt.Sprintf("; %d bytes of a record that was never answered are cut off", cut)
	}
	if known > 0 {
		return h, told, nil
	}
	b := beginning{Format: journalFormat, Seed: newSeed(), Scenario: document}
	if err := h.begin(&b); err != nil {
		return nil, "", errors.Join(err, j.close())
	}
	return h, "", j.wait(j.append(encode(b)))
}

// begin makes the world. A document's world stands at the present when the document has run.
func (h *host) begin(b *beginning) error {
	h.chance = newChance(hsm.Seeded(string(b.Seed)))
	if b.Scenario == "" {
		if b.Start.IsZero() {
			b.Start = h.now()
		}
		h.world = engine.New(engine.Options{Start: b.Start, Entropy: h.chance, Algorithms: h.chance.algorithms()})
		return nil
	}
	first, err := scenario.Preload(b.Scenario, engine.Options{Algorithms: keypair.All{}})
	if err != nil {
		return fmt.Errorf("the scenario: %w", err)
	}
	if b.Start.IsZero() {
		b.Start = h.now().Add(-first.Now().Sub(first.Options().Start))
	}
	h.chance.world = hsm.Seeded(first.Options().Seed) // ids are those that the document has everywhere else
	if h.world, err = scenario.Preload(b.Scenario, engine.Options{Start: b.Start, Entropy: h.chance, Algorithms: h.chance.algorithms()}); err != nil {
		return fmt.Errorf("the scenario: %w", err)
	}
	h.chance.world = hsm.Seeded(string(b.Seed))
	return nil
}

// replay does again what a record says.
func (h *host) replay(number int, text []byte, document string) error {
	if number == 1 {
		var b beginning
		if err := json.Unmarshal(text, &b); err != nil || b.Format != journalFormat {
			return errors.New("this is no journal of this version")
		}
		if document != "" && document != b.Scenario {
			return errors.New("the journal began with another scenario")
		}
		return h.begin(&b)
	}
	var c change
	if err := json.Unmarshal(text, &c); err != nil {
		return errors.New("this is no change of this version")
	}
	h.world.Advance(c.Time.Sub(h.world.Now()))
	for _, use := range c.Uses {
		h.world.KMS().NoteUse(use)
		h.used[use.KeyARN] = use.At
	}
	if c.Uses != nil {
		return nil
	}
	if len(c.Seed) != seedSize {
		return errors.New("this is no change of this version")
	}
	h.chance.begin(c.Seed, c.Primes)
	defer h.chance.end()
	if a := h.world.Call(c.Call); a.Error != nil {
		return fmt.Errorf("%s fails now: %s: %s", c.Call.Operation, a.Error.Code, a.Error.Message)
	} else if digest(a.Output) != c.Output {
		return fmt.Errorf("%s answers otherwise now; another version of the engine wrote this journal", c.Call.Operation)
	}
	h.knows(c.Call)
	h.world.KeepTrail(keptEvents)
	return nil
}

// keptEvents is how much of the CloudTrail history a world keeps at least.
const keptEvents = 10000

// tick brings the world's clock, which counts milliseconds, to the present. It does not go back when the machine's does.
func (h *host) tick() {
	if d := h.now().Sub(h.world.Now()); d >= time.Millisecond {
		h.world.Advance(d)
	}
}

// AccessKey finds the key that a request is signed with.
func (h *host) AccessKey(id string) (iam.SigningKey, bool, time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tick()
	key, found := h.world.IAM().SigningKey(id)
	return key, found, h.world.Now()
}

// RequestID draws an id for a request that does not become a call.
func (h *host) RequestID() string { return uuid.NewString() }

// Call makes a call, and returns once what it changed is on the disk.
func (h *host) Call(c engine.Call) (engine.Answer, error) {
	if h.journal != nil && h.journal.failed() != nil {
		return engine.Answer{}, h.journal.failed()
	}
	rsa, err := primesFor(c)
	if err != nil {
		return engine.Answer{}, err
	}
	a, number, err := h.call(c, rsa)
	if err == nil && number > 0 {
		if err = h.journal.wait(number); err != nil {
			fmt.Fprintln(os.Stderr, "serve: the journal cannot be written; nothing is answered any more:", err)
		}
	}
	return a, err
}

// call makes a call, and returns the number of its record, 0 when there is nothing to keep.
func (h *host) call(c engine.Call, rsa primes) (a engine.Answer, number int, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tick()
	var seed []byte // nil when there is nothing to keep but when keys were used
	if h.journal != nil && h.changes(c) {
		seed = newSeed()
		h.chance.begin(seed, rsa)
	} else {
		h.chance.beginUnkept(rsa)
	}
	defer h.chance.end()
	defer func() {
		if problem := recover(); problem != nil {
			fmt.Fprintf(os.Stderr, "serve: %s %s: %v\n%s", c.Service, c.Operation, problem, debug.Stack())
			err = errors.New("the engine panicked")
		}
	}()
	a, explain := h.world.CallBriefly(c)
	h.world.KeepTrail(keptEvents)
	h.recent.add(h.world.Now(), c, a, explain)
	if h.journal == nil || a.Error != nil {
		return a, 0, nil
	}
	if seed != nil {
		h.knows(c)
		number = h.journal.append(encode(change{Time: h.world.Now(), Seed: seed, Primes: rsa, Call: c, Output: digest(a.Output)}))
	} else if uses := h.uses(a); uses != nil {
		number = h.journal.append(encode(change{Time: h.world.Now(), Uses: uses}))
	}
	return a, number, nil
}

// useEvery is how exactly the journal knows when a key was used last. What a call encrypted or decrypted is never in it.
const useEvery = time.Minute

// uses are the uses of keys in a call that the journal has to know.
func (h *host) uses(a engine.Answer) []kms.Use {
	var uses []kms.Use
	for _, member := range [...]string{"KeyId", "SourceKeyId"} {
		use, ok := h.world.KMS().LastUse(gjson.GetBytes(a.Output, member).Str)
		if ok && use.At.Sub(h.used[use.KeyARN]) >= useEvery {
			h.used[use.KeyARN] = use.At
			uses = append(uses, use)
		}
	}
	return uses
}

// changes reports whether a call that succeeded changed what must be kept, besides when a key was used last.
func (h *host) changes(c engine.Call) bool {
	switch c.Service {
	case "sts":
		return strings.HasPrefix(c.Operation, "AssumeRole") || c.Operation == "GetSessionToken" || c.Operation == "GetFederationToken"
	case "kms":
		if c.Operation == "GetParametersForImport" {
			return true
		}
		if managedAlias(c) != "" {
			return !h.managed[managedAlias(c)]
		}
		for _, name := range [...]string{"Encrypt", "Decrypt", "ReEncrypt", "Sign", "Verify", "VerifyMac", "DeriveSharedSecret", "Encapsulate", "Decapsulate"} {
			if c.Operation == name {
				return false
			}
		}
	}
	for _, start := range [...]string{"Get", "List", "Describe", "Generate", "Simulate", "Lookup"} {
		if strings.HasPrefix(c.Operation, start) {
			return false
		}
	}
	return true
}

// managedAlias is the alias of the AWS managed key that a call brings into being, if there was none: "111122223333
// eu-west-1 alias/aws/ebs".
func managedAlias(c engine.Call) string {
	id := gjson.GetBytes(c.Input, "KeyId").Str
	if c.Operation != "DescribeKey" || !strings.Contains(id, "alias/aws/") {
		return ""
	}
	return c.As + c.Credentials.AccessKeyId + " " + c.Region + " " + id
}

func (h *host) knows(c engine.Call) {
	if alias := managedAlias(c); alias != "" {
		h.managed[alias] = true
	}
}

func (h *host) close() {
	if h.journal != nil {
		h.journal.close()
	}
}

// encode writes a record on one line.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // records are our own types
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func digest(output json.RawMessage) string {
	sum := sha256.Sum256(output)
	return hex.EncodeToString(sum[:8])
}
