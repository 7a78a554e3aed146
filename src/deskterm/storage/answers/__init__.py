"""What was learned from the owner's answers, and which macros are suggested for open tickets."""
