-- What the owner was asked for when a macro was taken, by question: JSON.
ALTER TABLE draft ADD COLUMN given TEXT NOT NULL DEFAULT '{}';
