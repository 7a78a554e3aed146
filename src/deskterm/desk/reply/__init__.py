"""A reply: its recipients, its macro filled from an order, its review, and its way into the outbox."""
