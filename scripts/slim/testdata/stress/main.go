// Command stress does what reads the tables of functions: it grows stacks, collects garbage in the middle of calls,
// defers, panics, recovers and names its callers. What it prints is the same every time.
package main

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
)

func main() {
	if len(os.Args) > 1 {
		crash(os.Args[1])
	}
	fmt.Println("deep", deep(20_000, &node{value: 1}))
	fmt.Println("mixed", mixed(3_000, "a", []int{1, 2, 3}, map[string]*node{"n": {value: 4}}, 1.5))
	fmt.Println("goroutines", goroutines(50))
	for _, f := range []func(){outOfRange, nilPointer, custom, inLoop, viaMethod, viaReflect, inlined, nested, division} {
		fmt.Println("recovered", recovered(f))
	}
	fmt.Println("exited", exited())
	callers()
	fmt.Println(withoutPlaces(string(stack(3))))
	fmt.Println("name", runtime.FuncForPC(reflect.ValueOf(outOfRange).Pointer()).Name())
	fmt.Println("cleaned", cleaned())
}

type node struct {
	value int
	next  *node
	text  string
}

// deep keeps pointers into its own frame, which move when the stack grows, and to what only the stack holds.
func deep(n int, prior *node) int {
	here := node{value: n % 7, next: prior, text: strings.Repeat("x", n%5)}
	mine := &here
	held := &node{value: n % 3, text: fmt.Sprint(n % 11)}
	if n%1000 == 0 {
		runtime.GC()
	}
	if n == 0 {
		sum := 0
		for at := mine; at != nil; at = at.next {
			sum += at.value + len(at.text)
		}
		return sum
	}
	sum := deep(n-1, mine)
	return (sum + mine.value + len(mine.text) + held.value + len(held.text)) % 1_000_003
}

// mixed has frames of many shapes: strings, slices, maps, interfaces, closures, arrays.
func mixed(n int, s string, list []int, m map[string]*node, f float64) string {
	var block [33]*node
	block[n%33] = &node{value: n}
	var any any = fmt.Sprint(n)
	add := func(k int) int { list = append(list, k); return len(list) + len(s) }
	defer func() { block[n%33].value++ }()
	if n%500 == 0 {
		runtime.GC()
	}
	if n == 0 {
		return fmt.Sprint(s, len(list), m["n"].value, f, any, add(1))
	}
	if n%100 == 0 {
		list = slices.Clone(list[:2])
		s += "b"
		m = map[string]*node{"n": {value: m["n"].value + 1}}
	}
	result := mixed(n-1, s, list, m, f*1.0001)
	return result[:min(len(result), 60)] + fmt.Sprint(block[n%33].value%2, any.(string)[:1], add(n)%3)[:2]
}

func goroutines(n int) int {
	results := make(chan int)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { results <- deep(200+i, nil) })
	}
	go func() { wait.Wait(); close(results) }()
	sum := 0
	for r := range results {
		sum += r
		runtime.Gosched()
	}
	return sum
}

func recovered(f func()) (text string) {
	defer func() {
		r := recover()
		text = fmt.Sprint(r, " in ", names())
		runtime.GC()
	}()
	f()
	return "nothing"
}

//go:noinline
func outOfRange() { list := make([]int, 3); at := len(os.Args) + 5; list[at]++ }

//go:noinline
func nilPointer() { var n *node; n.value++ }

func custom() { panic(errors.New("a reason")) }

func inLoop() {
	for i := range 5 {
		defer func() {
			if i == 2 {
				panic(fmt.Sprint("again ", recover(), i))
			}
		}()
	}
	panic("first")
}

type thing struct{ n *node }

func (t *thing) method() { t.n.value++ }

func viaMethod() { f := (&thing{}).method; f() }

func viaReflect() { reflect.ValueOf(custom).Call(nil) }

func small(list []int, i int) int { return list[i] }

func smaller(i int) int { return small([]int{1, 2}, i+len(os.Args)) }

func inlined() { fmt.Println(smaller(7)) }

func nested() {
	defer func() {
		defer func() { panic(fmt.Sprint("after ", recover())) }()
		custom()
	}()
	panic("outer")
}

func division() { zero := len(os.Args) - 1; fmt.Println(1 / zero) }

func exited() string {
	done := make(chan string, 1)
	go func() {
		defer func() { done <- fmt.Sprint("deferred ", recover()) }()
		runtime.Goexit()
	}()
	return <-done
}

func callers() { fmt.Println("callers", names()) }

func names() []string {
	pcs := make([]uintptr, 20)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	var names []string
	for {
		frame, more := frames.Next()
		names = append(names, frame.Function)
		if !more {
			return names
		}
	}
}

func stack(n int) []byte {
	if n == 0 {
		return debug.Stack()
	}
	return stack(n - 1)
}

// withoutPlaces takes files, lines and arguments out of a trace.
func withoutPlaces(trace string) string {
	var names []string
	for line := range strings.Lines(trace) {
		if !strings.HasPrefix(line, "\t") {
			name, _, _ := strings.Cut(line, "(")
			names = append(names, strings.TrimSpace(name))
		}
	}
	return strings.Join(names, "\n")
}

func cleaned() int {
	done := make(chan int, 10)
	for i := range 10 {
		n := &node{value: i, text: strings.Repeat("y", 100)}
		runtime.AddCleanup(n, func(i int) { done <- i }, i)
	}
	sum := 0
	for range 10 {
		runtime.GC()
		sum += <-done
	}
	return sum
}

func crash(how string) {
	if how == "overflow" {
		debug.SetMaxStack(1 << 20)
		fmt.Println(deep(1<<30, nil))
	}
	custom()
}
