package service

import (
	"slices"
	"testing"

	"kmsplayground/engine/catalog"
)

// TestOperationsHaveModels holds that every operation has a model and every model an operation, in the order that
// lookups rely on.
func TestOperationsHaveModels(t *testing.T) {
	if !slices.IsSorted(catalog.ServiceNames[:]) {
		t.Errorf("services are not sorted: %v", catalog.ServiceNames)
	}
	models := map[string]bool{}
	for _, service := range catalog.ServiceNames {
		names := []string{}
		for _, op := range catalog.ServiceOperations(service) {
			names = append(names, op.Name)
			models[service+":"+op.Name] = true
			if _, ok := operations[service+":"+op.Name]; !ok {
				t.Errorf("nothing does %s:%s", service, op.Name)
			}
		}
		if len(names) == 0 || !slices.IsSorted(names) {
			t.Errorf("operations of %s: %v", service, names)
		}
	}
	for name := range operations {
		if !models[name] {
			t.Errorf("%s has no model", name)
		}
	}
}
