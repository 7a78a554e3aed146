"""Secrets: where each is kept, and how it is read without waiting for ever."""
