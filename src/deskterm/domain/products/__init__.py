"""Products as the stores list them, the owner's notes on them, and who waits for one."""
