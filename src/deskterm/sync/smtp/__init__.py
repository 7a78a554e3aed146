"""Delivery over SMTP (RFC 5321): the outbox, handing a mail over, and what the answer means."""
