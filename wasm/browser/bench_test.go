package browser

import (
	"testing"

	"kmsplayground/engine/authz"
)

func TestBenchQuestion(t *testing.T) {
	x := benchQuestion()()
	if x.Decision != authz.Allow || len(x.Deciding) != 1 || x.Deciding[0].Sid != "Allow use of the key" {
		t.Errorf("decided %q by %v", x.Decision, x.Deciding)
	}
	statements := 0
	for _, l := range x.Layers {
		for _, p := range l.Policies {
			statements += len(p.Statements)
		}
	}
	if statements != 8 {
		t.Errorf("%d statements are explained, want 8", statements)
	}
}

func BenchmarkExplainedDecision(b *testing.B) {
	ask := benchQuestion()
	b.ReportAllocs()
	for b.Loop() {
		ask()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}
