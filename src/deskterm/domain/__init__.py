"""Values and rules without I/O: no clock, no files, no network, no screen.

Values, for example: `tickets`, `messages`, `orders/`, `playbook`, `events`, and `views`, which screens get.
Rules, for example: `text` (what may reach the terminal), `review/` (what stops a reply), `liquid/` (filling
macros), `suggest/` (which macro fits), `business_hours`, `figures/` (counting periods).
"""
