-- A promise to call: the number; empty for any other promise.
ALTER TABLE promise ADD COLUMN number TEXT NOT NULL DEFAULT '';
-- How a customer wants to be reached (mail, phone, message); empty where that was not said.
ALTER TABLE customer ADD COLUMN prefers TEXT NOT NULL DEFAULT '';
