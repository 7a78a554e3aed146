"""OAuth2 for mailboxes (RFC 6749): logging in, refreshing tokens, and SASL."""
