"""Mail as bytes turned into values and back, without I/O.

`read.read_mail` does all of the reading, in this order:

    parse           takes the bytes apart: headers, bodies, attachments (mime/)
    text.readable   the text as a person reads it, HTML laid out
    text.folding    what to fold in it: history, signatures, footers
    kind.automatic  whether a machine wrote it, and what a bounce reports
    kind.senders    the customer behind a form, a relay or a chat, and warnings about the sender

`writing/` turns a reply into the bytes that are sent. `values` holds what goes in and comes out.
"""
