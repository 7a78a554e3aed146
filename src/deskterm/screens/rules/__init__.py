"""The rules with the kind of day, and the look at answered tickets."""
