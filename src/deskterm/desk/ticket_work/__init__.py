"""Work on tickets beyond a single reply: merging, side threads, many at once, promises, calls, history."""
