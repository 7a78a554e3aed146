-- What a report of a hundred thousand mails looks for: letters of a macro, tickets by when they came and were solved.
CREATE INDEX message_macro ON message(macro) WHERE macro != '';
CREATE INDEX ticket_created ON ticket(created_at);
CREATE INDEX ticket_solved ON ticket(solved_at) WHERE solved_at IS NOT NULL;
