package kms

import "kmsplayground/engine/authz"

// Do performs a call.
func (s *Service) Do(r Request) (Result, *Error) {
	return Result{}, errorf(unsupportedOperation, "%s is not simulated yet.", r.Operation)
}

// Decide answers the authorization checks of a call without acting.
func (s *Service) Decide(r Request) ([]authz.Explanation, *Error) {
	result, err := s.Do(r)
	return result.Checks, err
}
