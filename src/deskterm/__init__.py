"""deskterm: the help desk of a one-person store, in the terminal.

Read the rooms from the outside in: `cli` puts everything together, `app` and
`screens` draw, `desk` holds what the owner can do, `sync` speaks to the
mailbox and the store, `intake` decides what an arriving message does,
`storage` keeps it, `mail` turns bytes into values and back, `domain` holds
the values and their rules.
"""

__version__ = "0.1.0"
