"""What runs by itself: the owner's rules, the letters they write, and the day switches."""
