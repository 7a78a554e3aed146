"""Work on tickets beyond single replies: side threads, bulk replies, promises, rounds."""
