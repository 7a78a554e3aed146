"""The sample store: values dated from `now`, and their files (a Maildir and an orders file)."""

from deskterm.demo.files import write_sample_store

__all__ = ["write_sample_store"]
