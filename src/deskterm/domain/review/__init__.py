"""The review of a reply: what may stop it, and what makes it doubtful."""
