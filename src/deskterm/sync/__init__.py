"""All that speaks to the outside: mailboxes, SMTP, stores; blocking code for workers.

`one_pass` is the whole of it: orders in (`orders_in`, `stores/`), every mailbox
in (`read_imap` and `read_maildir` find what is new, `mail_in` stores it batch by
batch), what is due out (`outbox`, `smtp`, then `sent_copy`). `child` runs a large
pass in a process beside the screen, `watch` waits for news, `discover` finds
servers at setup. What goes wrong on a wire gets its words in `failures`.
"""
