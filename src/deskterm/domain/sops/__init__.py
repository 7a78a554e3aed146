"""What an SOP's steps depend on, and what became of the times it was worked through."""
