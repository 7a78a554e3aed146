"""What rules write, the kind of day, and the owner's look at answered tickets."""
