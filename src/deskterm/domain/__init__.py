"""Values and their rules, pure: no clock, no file, no network, no screen.

Values: tickets, messages, customers, orders, replies, events, playbook, metrics,
and `views`, what a screen is handed. Rules: `text` (what may reach the terminal),
`concerns` (what stops a reply), `liquid` (macros filled), `guess` (what a mail is
about), `hours`, and `figures` (periods counted).
"""
