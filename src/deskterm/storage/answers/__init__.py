"""What the owner's answers taught, and which answers are offered for the open tickets."""
