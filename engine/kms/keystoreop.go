package kms

import (
	"strings"

	"kmsplayground/engine/catalog"
)

// The operations on custom key stores. All of them are about the account: no key policy has a say.

// callerAccount is the one condition key that they carry.
func callerAccount(c *call, f *filler) { f.set("kms:CallerAccount", c.Caller.Account) }

var storeParameters = map[string][]string{
	cloudHSM:      {"CloudHsmClusterId", "TrustAnchorCertificate", "KeyStorePassword"},
	externalStore: {"XksProxyUriEndpoint", "XksProxyUriPath", "XksProxyAuthenticationCredential", "XksProxyConnectivity"},
}

// vpcParameters belong to an external key store with VPC endpoint service connectivity.
var vpcParameters = []string{"XksProxyVpcEndpointServiceName", "XksProxyVpcEndpointServiceOwner"}

// checkNewStore checks which parameters belong together; the model requires none but the name. The texts are ours.
func checkNewStore(c *call) *Error {
	kind := or(c.str("CustomKeyStoreType"), cloudHSM)
	for _, name := range storeParameters[kind] {
		if !c.has(name) {
			return errorf(validation, "%s is required for a custom key store of type %s.", name, kind)
		}
	}
	if c.str("XksProxyConnectivity") == "VPC_ENDPOINT_SERVICE" && !c.has("XksProxyVpcEndpointServiceName") {
		return errorf(validation, "XksProxyVpcEndpointServiceName is required for VPC endpoint service connectivity.")
	}
	return checkStoreType(c, kind, c.str("XksProxyConnectivity"))
}

// checkStoreType refuses parameters of the other type of key store.
func checkStoreType(c *call, kind, connectivity string) *Error {
	for _, other := range []string{cloudHSM, externalStore} {
		for _, name := range storeParameters[other] {
			if other != kind && c.has(name) {
				return errorf(validation, "%s is not valid for a custom key store of type %s.", name, kind)
			}
		}
	}
	for _, name := range vpcParameters {
		if c.has(name) && connectivity != "VPC_ENDPOINT_SERVICE" {
			return errorf(validation, "%s is valid only with VPC endpoint service connectivity.", name)
		}
	}
	return nil
}

// proxyOf is a proxy with the changes that the request asks for.
func (c *call) proxyOf(p proxy) proxy {
	p.connectivity = or(c.str("XksProxyConnectivity"), p.connectivity)
	p.endpoint = or(c.str("XksProxyUriEndpoint"), p.endpoint)
	p.path = or(c.str("XksProxyUriPath"), p.path)
	p.service = or(c.str("XksProxyVpcEndpointServiceName"), p.service)
	p.serviceOwner = or(c.str("XksProxyVpcEndpointServiceOwner"), p.serviceOwner)
	p.accessKeyID = or(catalog.Member(c.member("XksProxyAuthenticationCredential"), "AccessKeyId").Str, p.accessKeyID)
	return p
}

func createCustomKeyStore(c *call) (any, *Error) {
	store := KeyStore{
		Name: c.str("CustomKeyStoreName"), Account: c.Caller.Account, Region: c.Region,
		Type: or(c.str("CustomKeyStoreType"), cloudHSM), Connection: disconnected, CreatedAt: c.Now,
		cluster: c.str("CloudHsmClusterId"), trustAnchor: c.str("TrustAnchorCertificate"),
		password: c.str("KeyStorePassword"), kmsuser: c.str("KeyStorePassword"), proxy: c.proxyOf(proxy{}),
	}
	if err := c.checkStore(&store); err != nil {
		return nil, err
	}
	if len(c.KeyStores(store.Account, store.Region)) >= catalog.CustomKeyStores {
		return nil, errorf(limitExceeded, "") // AWS's text is not known
	}
	store.ID = c.newStoreID()
	c.putStore(store)
	return struct{ CustomKeyStoreId string }{store.ID}, nil
}

// checkStore refuses a key store that is like another one or that AWS could not reach. AWS's texts are not known.
func (c *call) checkStore(store *KeyStore) *Error {
	for _, other := range c.KeyStores(store.Account, store.Region) {
		if other.ID == store.ID {
			continue
		}
		if code := store.conflict(&other); code != "" {
			return errorf(code, "")
		}
	}
	switch {
	case store.Type == cloudHSM && !strings.Contains(store.trustAnchor, "-----BEGIN CERTIFICATE-----"):
		return errorf("IncorrectTrustAnchorException", "")
	case store.proxy.unreachable():
		return errorf("XksProxyUriUnreachableException", "")
	}
	return nil
}

// conflict is the exception that says what two key stores of an account and Region must not share.
func (k *KeyStore) conflict(other *KeyStore) string {
	a, b := k.proxy, other.proxy
	switch {
	case k.Name == other.Name:
		return "CustomKeyStoreNameInUseException"
	case k.Type != other.Type:
		return ""
	case k.Type == cloudHSM && k.cluster == other.cluster:
		return "CloudHsmClusterInUseException"
	case k.Type == cloudHSM:
		return ""
	case a.endpoint == b.endpoint && a.path == b.path:
		return "XksProxyUriInUseException"
	case a.endpoint == b.endpoint && (a.connectivity != b.connectivity || a.service != b.service):
		return "XksProxyUriEndpointInUseException"
	case a.service != "" && a.service == b.service && a.endpoint != b.endpoint:
		return "XksProxyVpcEndpointServiceInUseException"
	}
	return ""
}

// updateCustomKeyStore: an external key store may also be connected for a new name, path or credential; all else needs
// a disconnected one. API reference, read 2026-08.
func updateCustomKeyStore(c *call) (any, *Error) {
	old, err := c.store()
	if err != nil {
		return nil, err
	}
	store := *old
	store.proxy = c.proxyOf(store.proxy)
	if err := checkStoreType(c, store.Type, store.proxy.connectivity); err != nil {
		return nil, err
	}
	anyState := store.Type == externalStore
	for _, name := range []string{"XksProxyUriEndpoint", "XksProxyConnectivity", vpcParameters[0], vpcParameters[1]} {
		anyState = anyState && !c.has(name)
	}
	if store.Connection != disconnected && !(anyState && store.Connection == connected) {
		return nil, storeState(&store)
	}
	if cluster := c.str("CloudHsmClusterId"); cluster != "" && cluster != store.cluster {
		return nil, errorf("CloudHsmClusterNotRelatedException", "") // no cluster here was made from another's backup
	}
	store.Name = or(c.str("NewCustomKeyStoreName"), store.Name)
	store.password = or(c.str("KeyStorePassword"), store.password)
	if err := c.checkStore(&store); err != nil {
		return nil, err
	}
	c.putStore(store)
	return nil, nil
}

// deleteCustomKeyStore: keys pending deletion are still in the way.
func deleteCustomKeyStore(c *call) (any, *Error) {
	store, err := c.store()
	switch {
	case err != nil:
		return nil, err
	case store.Connection != disconnected:
		return nil, storeState(store)
	}
	for _, key := range c.Service.keys {
		if key.CustomKeyStoreID == store.ID {
			return nil, errorf("CustomKeyStoreHasCMKsException", "") // AWS's text is not known
		}
	}
	delete(c.stores, store.ID)
	return nil, nil
}

// connectCustomKeyStore: a failed key store is to be disconnected first. Connecting one that is connected changes
// nothing.
func connectCustomKeyStore(c *call) (any, *Error) {
	store, err := c.store()
	switch {
	case err != nil:
		return nil, err
	case store.Connection == disconnecting || store.Connection == failed:
		return nil, storeState(store)
	case store.Connection == disconnected:
		c.move(*store, connecting)
	}
	return nil, nil
}

func disconnectCustomKeyStore(c *call) (any, *Error) {
	store, err := c.store()
	switch {
	case err != nil:
		return nil, err
	case store.Connection == disconnecting || store.Connection == disconnected:
		return nil, storeState(store)
	}
	c.move(*store, disconnecting)
	return nil, nil
}

func (c *call) move(store KeyStore, state string) {
	store.Connection, store.ConnectionError, store.settles = state, "", c.Now.Add(settling)
	c.putStore(store)
}

type xksProxyConfiguration struct {
	Connectivity, AccessKeyId, UriEndpoint, UriPath string
	VpcEndpointServiceName, VpcEndpointServiceOwner string `json:",omitempty"`
}

type customKeyStoresListEntry struct {
	CustomKeyStoreId       string
	CustomKeyStoreName     string
	CloudHsmClusterId      string `json:",omitempty"`
	TrustAnchorCertificate string `json:",omitempty"`
	ConnectionState        string
	ConnectionErrorCode    string `json:",omitempty"`
	CreationDate           float64
	CustomKeyStoreType     string
	XksProxyConfiguration  *xksProxyConfiguration `json:",omitempty"`
}

func (k *KeyStore) entry() customKeyStoresListEntry {
	e := customKeyStoresListEntry{
		CustomKeyStoreId: k.ID, CustomKeyStoreName: k.Name, CloudHsmClusterId: k.cluster,
		TrustAnchorCertificate: k.trustAnchor, ConnectionState: k.Connection, ConnectionErrorCode: k.ConnectionError,
		CreationDate: catalog.Epoch(k.CreatedAt), CustomKeyStoreType: k.Type,
	}
	if p := k.proxy; k.Type == externalStore {
		e.XksProxyConfiguration = &xksProxyConfiguration{p.connectivity, p.accessKeyID, p.endpoint, p.path, p.service, p.serviceOwner}
	}
	return e
}

// describeCustomKeyStores lists all, or the one that an id or a name means.
func describeCustomKeyStores(c *call) (any, *Error) {
	stores := []KeyStore{}
	byID, byName := c.str("CustomKeyStoreId"), c.str("CustomKeyStoreName")
	for _, store := range c.KeyStores(c.Caller.Account, c.Region) {
		if (byID == "" || byID == store.ID) && (byName == "" || byName == store.Name) {
			stores = append(stores, store)
		}
	}
	if len(stores) == 0 && (byID != "" || byName != "") {
		return nil, errorf("CustomKeyStoreNotFoundException", "") // AWS's text is not known
	}
	page, err := paginate(c, stores, func(s KeyStore) string { return s.ID })
	if err != nil {
		return nil, err
	}
	list := make([]customKeyStoresListEntry, len(page.items))
	for i := range page.items {
		list[i] = page.items[i].entry()
	}
	return struct {
		CustomKeyStores []customKeyStoresListEntry
		pageOutput
	}{list, page.pageOutput}, nil
}

// checkOneStore: an id and a name together are too much. The text is ours.
func checkOneStore(c *call) *Error {
	if c.has("CustomKeyStoreId") && c.has("CustomKeyStoreName") {
		return errorf(validation, "Specify either CustomKeyStoreId or CustomKeyStoreName, not both.")
	}
	return nil
}
