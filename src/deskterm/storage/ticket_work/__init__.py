"""Relations of tickets: joined, split, kept apart; side threads, promises, snoozes that end."""
