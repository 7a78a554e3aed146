"""Stored mail: messages, their threads and originals, and the folders they were read from."""
