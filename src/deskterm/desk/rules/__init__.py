"""What is done by itself: the owner's rules, the letters they write, and the kind of day."""
