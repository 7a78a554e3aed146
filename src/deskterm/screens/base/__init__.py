"""What all screens share: the screen with its bars and keys, dialogs, pickers, lists."""
