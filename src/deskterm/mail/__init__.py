"""Bytes to values and back, pure.

`reading.read` does all of it in one call, in this order:

    parse      a mail taken apart: fields, parts, bodies, attachments
               (fields, words, addresses, dates, params, mime, transfer, charset, body, flowed, names,
               fingerprint)
    readable   its text as a person reads it; HTML laid out, its quoting marked
               (bare, markup, quoting, tables, bounds, layout)
    trim       what is folded: history, signatures, footers
               (history, attribution, oldheaders, signature, footers)
    automatic  whether a machine wrote it, and what a bounce reports
               (report, bounce, reasons, phrases)
    senders    the customer behind a form, a relay or a chat, and what is odd about the sender
               (forms, notices, cues)

Apart from these stand `join`, which mails belong together, and `compose`, a
reply as the mail that goes out (writing, mailboxes). `values` is what goes in
and comes out.
"""
