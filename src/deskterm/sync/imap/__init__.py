"""Mail on an IMAP server (RFC 9051, RFC 3501)."""
