package kms

import (
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"kmsplayground/engine/catalog"
	"kmsplayground/engine/hsm"
)

// KeyStore is a custom key store. A KeyStore in the service is replaced, never changed.
//
// The world has no CloudHSM and no external key managers: a cluster or proxy that is named is there and well, its
// kmsuser has the password with which the key store was created, and only what the input shows can go wrong.
type KeyStore struct {
	ID              string // "cks-1234567890abcdef0"
	Name            string
	Account         string
	Region          string
	Type            string // "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"
	Connection      string // "CONNECTED"
	ConnectionError string // while FAILED: "INVALID_CREDENTIALS"
	CreatedAt       time.Time

	cluster, trustAnchor, password string
	kmsuser                        string // the password that the cluster's kmsuser really has
	proxy                          proxy

	settles time.Time // when CONNECTING or DISCONNECTING ends; zero otherwise
}

// proxy is how an external key store is reached.
type proxy struct {
	connectivity string // "PUBLIC_ENDPOINT", "VPC_ENDPOINT_SERVICE"
	accessKeyID  string
	endpoint     string // "https://myproxy.xks.example.com"
	path         string // "/kms/xks/v1"
	service      string // name of the VPC endpoint service
	serviceOwner string
}

// The connection states of a custom key store.
const (
	connected     = "CONNECTED"
	connecting    = "CONNECTING"
	disconnected  = "DISCONNECTED"
	disconnecting = "DISCONNECTING"
	failed        = "FAILED"
)

const (
	cloudHSM      = "AWS_CLOUDHSM"
	externalStore = "EXTERNAL_KEY_STORE"
)

// KeyStores returns the custom key stores of an account in a Region, sorted by id.
func (s *Service) KeyStores(account, region string) []KeyStore {
	return sorted(s.stores, func(k KeyStore) bool { return k.Account == account && k.Region == region })
}

// inCustomStore reports whether the material of a key is in a custom key store.
func (k *Key) inCustomStore() bool { return k.Origin == cloudHSM || k.Origin == externalStore }

// settleStore ends CONNECTING or DISCONNECTING.
func (s *Service) settleStore(old *KeyStore) {
	store := *old
	store.settles = time.Time{}
	switch {
	case store.Connection == disconnecting:
		store.Connection = disconnected
	case store.Type == cloudHSM && store.password != store.kmsuser:
		store.Connection, store.ConnectionError = failed, "INVALID_CREDENTIALS"
	default:
		store.Connection = connected
	}
	s.putStore(store)
}

// putStore replaces a key store. Its keys can be used exactly while it is connected; those pending deletion stay so.
func (s *Service) putStore(store KeyStore) {
	s.stores[store.ID] = &store
	if !store.settles.IsZero() {
		s.wake(store.settles)
	}
	for _, old := range s.keys {
		if old.CustomKeyStoreID != store.ID {
			continue
		}
		key := *old
		key.setAvailable(store.Connection == connected)
		if key.State != old.State {
			s.put(key)
		}
	}
}

// setAvailable shows or hides the state that the key has while its key store is connected.
func (k *Key) setAvailable(available bool) {
	switch {
	case available && k.State == catalog.Unavailable:
		k.State = k.settled
	case !available && (k.State == catalog.Enabled || k.State == catalog.Disabled):
		k.State, k.settled = catalog.Unavailable, k.State
	}
}

// setState gives a key another state. While its key store is not connected it stays Unavailable, and is in the new
// state once it is available again.
func (s *Service) setState(key *Key, state catalog.KeyState) {
	key.State, key.settled, key.settles = state, "", time.Time{}
	if store := s.stores[key.CustomKeyStoreID]; store != nil {
		key.setAvailable(store.Connection == connected)
	}
}

// store finds the key store that the request names.
func (c *call) store() (*KeyStore, *Error) {
	id := c.str("CustomKeyStoreId")
	if store := c.stores[id]; store != nil && store.Account == c.Caller.Account && store.Region == c.Region {
		return store, nil
	}
	return nil, errorf("CustomKeyStoreNotFoundException", "") // AWS's text is not known
}

// storeState is the answer to an operation that the connection state does not allow. The text is ours.
func storeState(store *KeyStore) *Error {
	return errorf("CustomKeyStoreInvalidStateException", "The connection state of the custom key store %s is %s.", store.ID, store.Connection)
}

// checkStoreKey checks what CreateKey says about a custom key store, without looking at it. The texts are ours.
func checkStoreKey(c *call, origin, spec string) *Error {
	inStore := origin == cloudHSM || origin == externalStore
	switch {
	case inStore != c.has("CustomKeyStoreId"):
		return errorf(validation, "CustomKeyStoreId is required for, and valid only with, Origin AWS_CLOUDHSM and EXTERNAL_KEY_STORE.")
	case (origin == externalStore) != c.has("XksKeyId"):
		return errorf(validation, "XksKeyId is required for, and valid only with, Origin EXTERNAL_KEY_STORE.")
	case inStore && (spec != symmetricDefault || c.bool("MultiRegion")):
		return errorf(unsupportedOperation, "")
	}
	return nil
}

// enterStore puts a key to be into its custom key store.
func (c *call) enterStore(key *Key) *Error {
	if !key.inCustomStore() {
		return nil
	}
	store, err := c.store()
	switch {
	case err != nil:
		return err
	case store.Type != key.Origin:
		return errorf(unsupportedOperation, "")
	case store.Connection != connected:
		return storeState(store)
	}
	for _, other := range c.Service.keys {
		if other.XksKeyID == c.str("XksKeyId") && other.CustomKeyStoreID == store.ID && store.Type == externalStore {
			return errorf("XksKeyAlreadyInUseException", "") // AWS's text is not known
		}
	}
	key.CustomKeyStoreID, key.XksKeyID, key.cluster = store.ID, c.str("XksKeyId"), store.cluster
	return nil
}

// randomStore checks the key store that GenerateRandom names: only a CloudHSM cluster makes random bytes.
func (c *call) randomStore() *Error {
	if !c.has("CustomKeyStoreId") {
		return nil
	}
	store, err := c.store()
	switch {
	case err != nil:
		return err
	case store.Type != cloudHSM:
		return errorf(unsupportedOperation, "")
	case store.Connection != connected:
		return storeState(store)
	}
	return nil
}

func (c *call) newStoreID() string {
	purpose := "kms/" + c.Caller.Account + "/" + c.Region + "/keystore"
	return "cks-" + hex.EncodeToString(hsm.Bytes(c.entropy.Reader(fmt.Sprintf("%s/%d", purpose, c.next(purpose))), 9))[:17]
}

// unreachable endpoints are those under .invalid, the domain that never exists (RFC 2606): the one failure of a proxy
// that a name can show.
func (p proxy) unreachable() bool { return strings.HasSuffix(p.endpoint, ".invalid") }
