"""Who writes and whom an answer reaches: customers, senders, recipients, greetings, languages."""
