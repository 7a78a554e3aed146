"""The command line: it puts everything together."""
