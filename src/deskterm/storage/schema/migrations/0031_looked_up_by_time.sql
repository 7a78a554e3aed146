-- What a report of a hundred thousand mails looks for: letters of a macro, tickets by when they came and were solved.
CREATE INDEX IF NOT EXISTS message_macro ON message(macro) WHERE macro != '';
CREATE INDEX IF NOT EXISTS ticket_created ON ticket(created_at);
CREATE INDEX IF NOT EXISTS ticket_solved ON ticket(solved_at) WHERE solved_at IS NOT NULL;
