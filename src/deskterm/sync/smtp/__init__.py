"""Delivery over SMTP (RFC 5321): the outbox, sending a mail, and what the answer means."""
