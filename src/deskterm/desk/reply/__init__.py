"""A reply: its recipients, its macro, its review, and its way into the outbox."""
