package capture

import (
	"strings"

	"github.com/tidwall/gjson"
)

// words are the texts of an element that may be one or a list.
func words(v gjson.Result) []string {
	all := []string{}
	for _, item := range v.Array() {
		all = append(all, item.Str)
	}
	return all
}

// title is a word with a capital: "Role".
func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// cutKMS is the operation of an action of KMS: "Decrypt" of "kms:Decrypt".
func cutKMS(action string) (operation string, ok bool) { return strings.CutPrefix(action, "kms:") }

// serviceOf is the service in a value of kms:ViaService: "s3" of "s3.us-east-1.amazonaws.com".
func serviceOf(host string) string {
	service, _, _ := strings.Cut(host, ".")
	return service
}
