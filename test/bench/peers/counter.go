// The article's design: a ticker for each connection, and a flush after each event.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"
)

func event(w http.ResponseWriter, r *http.Request) {
	flusher := w.(http.Flusher)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Connection", "keep-alive")
	interval := 1000
	if n, err := strconv.Atoi(r.URL.Query().Get("interval")); err == nil {
		interval = n
	}
	ticker := time.NewTicker(time.Duration(interval) * time.Millisecond)
	defer ticker.Stop()
	for count := 1; ; count++ {
		select {
		case <-ticker.C:
			fmt.Fprintf(w, "data: %d\n\n", count)
			flusher.Flush()
		case <-r.Context().Done():
			return
		}
	}
}

func main() {
	http.HandleFunc("/event", event)
	panic(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
