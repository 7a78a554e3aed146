"""OAuth2 for mailboxes (RFC 6749): logging in, keeping the tokens fresh, and SASL."""
