"""Work on tickets beyond one reply: side threads, many letters, promises."""
