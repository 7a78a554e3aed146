"""What of a ticket is unanswered, and why it is due: as SQL that works it out from its messages."""

# Whether the reply `o` answers the earlier mail `m` of the same ticket. While a ticket that the owner has
# merged is open, a reply written before that answers only what had come to its own ticket. Tickets that mail
# joined count as one from the beginning, in whatever order it came.
_ANSWERS = """
    o.ticket_id = ticket.id AND o.direction = 'out' AND o.machine = '' AND o.aside = 0 AND o.at >= m.at
    AND (o.home_id = m.home_id OR ticket.status != 'open' OR o.at >= coalesce((SELECT max(e.at) FROM events e
        WHERE e.ticket_id IN (o.home_id, m.home_id) AND e.what = 'went into' AND e.by = 'owner'
        AND e.now != 'null'),
        -1 << 62))
"""

# What came after our last reply and after the last solve is unanswered. A reply counts from the
# moment it was sent, a mail from its arrival, so the order in which we learn of them does not matter; a
# mail that the writer of a reply had not read counts from that reply (summaries.put_after_replies).
FROM_MESSAGES = f"""
UPDATE ticket SET created_at = found.first, last_at = found.last, messages = found.many,
    unanswered_since = iif(status IN ('solved', 'spam'), NULL, (
        SELECT min(m.at) FROM message m WHERE m.ticket_id = ticket.id AND m.direction = 'in'
        AND m.machine = '' AND m.at > coalesce(ticket.solved_at, -1 << 62)
        AND NOT EXISTS (SELECT 1 FROM message o WHERE {_ANSWERS}))),
    woken_at = iif(woken_at < found.replied, NULL, woken_at)
FROM (
    SELECT m.ticket_id AS id, min(m.at) AS first, max(m.at) AS last, count(*) AS many,
        coalesce(max(m.at) FILTER (WHERE m.direction = 'out' AND m.machine = '' AND m.aside = 0),
            -1 << 62) AS replied
    FROM message m WHERE m.ticket_id IN (SELECT value FROM json_each(?)) AND m.direction != 'note'
    GROUP BY m.ticket_id
) AS found WHERE ticket.id = found.id
"""
FROM_ANSWERS = f"""
UPDATE ticket SET due = CASE
    WHEN status IN ('solved', 'spam') THEN ''
    ELSE coalesce((
        SELECT m.due FROM message m WHERE m.ticket_id = ticket.id AND m.direction = 'in' AND m.due != ''
        AND m.at > coalesce(solved_at, -1 << 62) AND iif(m.machine = 'bounce',
            EXISTS (SELECT 1 FROM message o WHERE o.ticket_id = ticket.id AND o.direction = 'out'
                AND o.machine = '' AND o.at <= m.at)
            AND NOT EXISTS (SELECT 1 FROM message o WHERE o.ticket_id = ticket.id AND o.direction = 'out'
                AND o.machine = '' AND o.at > m.at AND (o.aside = 0 OR EXISTS (SELECT 1 FROM thread a
                    JOIN thread b ON b.mid_key = a.mid_key AND b.own = 1 JOIN message f ON f.id = b.message_id
                    WHERE a.message_id = m.id AND a.own != 1 AND f.aside = 1))),
            NOT EXISTS (SELECT 1 FROM message o WHERE {_ANSWERS}))
        ORDER BY m.machine != 'bounce', m.at, m.id LIMIT 1
    ), iif(woken_at IS NULL, '', iif(nudge = '', ?, nudge))) END
WHERE id IN (SELECT value FROM json_each(?))
"""
