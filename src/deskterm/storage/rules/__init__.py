"""Letters of rules, speed of first answers, and the owner's self-review."""
