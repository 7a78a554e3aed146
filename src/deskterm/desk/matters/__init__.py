"""Work on tickets beyond one reply: merging, side threads, many at once, promises, calls, history."""
