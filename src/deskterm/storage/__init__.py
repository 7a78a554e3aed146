"""The only room that speaks SQL: tables, migrations, and one module a noun.

Functions take a connection from `Database.read()` or `Database.write()` first and
hand out frozen values of domain, never rows. Who changes a ticket does so
through `changes`, which writes the event; `tickets` and `order` keep the lists.

customers, orders, mailboxes, sources, notes, sops, drafts, outbox    one noun each
tickets, changes, events, undo    a ticket, its changes, what they were, taking them back
lists, order                      the lists a screen pages through, and the inbox's order
messages, search, excerpts        mail and notes, and finding them
figures                           what the figures are counted from, and samples that are kept
migrate, database, tables         the schema, the file and its transactions
"""
