"""What is sold: products as the stores say, the owner's notes on them, who waits for one."""
