package wire

import (
	"net/http"
	"net/netip"
	"strings"
)

// peer is the address that a request comes from, empty when it has none.
func peer(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	return at.Addr().Unmap().WithZone("").String()
}

// IsLocal reports whether a request was made by a program of this machine, or by a page that this machine served: it
// comes from a loopback address, was addressed to one, and no page of another origin is behind it. The second keeps
// out pages whose name was made to mean this machine.
func IsLocal(r *http.Request) bool {
	from, err := netip.ParseAddr(peer(r))
	return err == nil && from.IsLoopback() && isLoopbackName(r.Host) && !crossOrigin(r)
}

func isLoopbackName(host string) bool {
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') && (host[0] == '[' || strings.Count(host, ":") == 1) {
		host = host[:i]
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	at, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && at.IsLoopback()
}

// crossOrigin reports whether a browser sent the request for a page of another origin.
func crossOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return true
	}
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "http://"+r.Host && origin != "https://"+r.Host
}
