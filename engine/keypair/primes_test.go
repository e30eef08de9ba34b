package keypair

import (
	"flag"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "look for the primes of the table again")

// Every number of the table has all its bits and both its top bits set, and goes with the public exponent; every sixteenth is shown to be a prime, all of them with
// -update.
func TestPrimeTable(t *testing.T) {
	if *update {
		writeTable(t)
	}
	exponent := big.NewInt(publicExponent)
	for _, bits := range []int{1024, 1536, 2048} {
		seen := map[string]bool{}
		for i := range tableSize {
			p := tablePrime(bits, i)
			rest := new(big.Int).Mod(p, exponent)
			if p.BitLen() != bits || p.Bit(bits-2) != 1 || rest.Int64() == 1 || seen[p.String()] {
				t.Errorf("number %d of %d bits", i, bits)
			}
			if i%16 == 0 && !p.ProbablyPrime(0) {
				t.Errorf("number %d of %d bits is no prime", i, bits)
			}
			seen[p.String()] = true
		}
	}
}

// writeTable looks for the next prime after every base; it takes some minutes.
func writeTable(t *testing.T) {
	var text strings.Builder
	text.WriteString("package keypair\n\n// primeDistances are how far each prime of tablePrimes is from where the search for it began, halved: four hexadecimal\n" +
		"// digits each. Made by TestPrimeTable.\nvar primeDistances = map[int]string{\n")
	for _, bits := range []int{1024, 1536, 2048} {
		fmt.Fprintf(&text, "\t%d: \"\" +\n", bits)
		digits := ""
		for i := range tableSize {
			digits += fmt.Sprintf("%04x", searchPrime(primeBase(bits, i)))
		}
		for len(digits) > 112 {
			fmt.Fprintf(&text, "\t\t%q +\n", digits[:112])
			digits = digits[112:]
		}
		fmt.Fprintf(&text, "\t\t%q,\n", digits)
	}
	text.WriteString("}\n")
	if err := os.WriteFile("primetable.go", []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Log("the table is written; run the test again without -update")
}

func searchPrime(base *big.Int) (distance int) {
	two, exponent := big.NewInt(2), big.NewInt(publicExponent)
	for p := base; ; p.Add(p, two) {
		if p.ProbablyPrime(0) && p.ProbablyPrime(10) && new(big.Int).Mod(p, exponent).Int64() != 1 {
			return distance
		}
		distance++
	}
}
