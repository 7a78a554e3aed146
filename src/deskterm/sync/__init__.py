"""All that speaks to the outside: mailboxes, SMTP, stores; blocking code for workers."""
