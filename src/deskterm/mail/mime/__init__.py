"""Taking the bytes of a mail apart (MIME, RFC 2045 to 2049; RFC 5322): parts, header fields, charsets."""
