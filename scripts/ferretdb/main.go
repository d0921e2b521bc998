// The MongoDB wire on a PostgreSQL, for the tests: FerretDB as a library, on an address of this machine. Says "listening" once it is there.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func main() {
	listen := flag.String("listen", "127.0.0.1:27017", "address to listen at")
	postgres := flag.String("postgres", "", "URL of the database of PostgreSQL to keep everything in")
	flag.Parse()

	context, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:      ferretdb.ListenerConfig{TCP: *listen},
		Logger:        slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Handler:       "postgresql",
		PostgreSQLURL: *postgres,
	})
	if err != nil {
		fail(err)
	}
	fmt.Println("listening")
	if err := server.Run(context); err != nil {
		fail(err)
	}
}
