"""What the owner can do, in the owner's words: one use case, one method, one transaction."""
