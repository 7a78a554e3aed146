"""The exit statuses, as docs/cli.md describes them."""

OK, FAILED, USAGE, NOTHING, UNCONFIRMED, INTERRUPTED = 0, 1, 2, 3, 4, 130
