"""The list of what a user can do: keys, words and places, read by every screen, the help and the README."""
