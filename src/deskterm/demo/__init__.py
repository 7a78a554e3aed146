"""The sample store: values dated from `now`, and their files (a Maildir and an orders file)."""

from deskterm.demo.files import lay_down

__all__ = ["lay_down"]
