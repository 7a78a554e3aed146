"""The people who write and those who get answers: customers, senders, recipients, greetings, languages."""
