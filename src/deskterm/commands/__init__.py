"""The commands: their records, and the keymap made from them."""
