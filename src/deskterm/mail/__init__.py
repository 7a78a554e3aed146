"""Bytes to values and back, pure.

`parse` takes a mail apart, `readable` makes its text readable, `trim` folds
what was quoted, `automatic` tells machines from people, `senders` finds the
customer behind a form or a relay, `reading` does all of it in one call,
`join` says which mails belong together, `compose` writes a reply.
"""
