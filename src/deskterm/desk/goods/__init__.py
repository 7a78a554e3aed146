"""Products beside a ticket, and the list of who waits for one."""
