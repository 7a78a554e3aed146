-- Samples of figures that are kept (docs/metrics.md): what happened to a ticket and what it measures. They follow
-- from the other tables and can be thrown away: `deskterm doctor --repair` works them out again.
CREATE TABLE figure_sample (
    measure TEXT NOT NULL,
    at INTEGER NOT NULL,
    ticket_id INTEGER NOT NULL,
    place INTEGER NOT NULL, -- tells samples of one moment apart
    value REAL NOT NULL,
    left_out TEXT NOT NULL DEFAULT '', -- why it does not count
    business REAL, -- the value in business seconds, where it is a time
    until INTEGER NOT NULL DEFAULT 0, -- the end of a state; from when it can be judged
    label TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (measure, at, ticket_id, place)
) WITHOUT ROWID;
CREATE INDEX figure_sample_ticket ON figure_sample(ticket_id);
CREATE INDEX figure_sample_until ON figure_sample(measure, until) WHERE until > 0;

-- The tickets whose samples are no longer right. Triggers write it, so that nobody can forget to.
CREATE TABLE figure_stale (
    ticket_id INTEGER PRIMARY KEY
);
INSERT INTO figure_stale SELECT id FROM ticket;

CREATE TRIGGER figure_ticket_made AFTER INSERT ON ticket BEGIN
    INSERT INTO figure_stale SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM figure_stale WHERE ticket_id = new.id);
END;
CREATE TRIGGER figure_ticket_changed
AFTER UPDATE OF status, view, category, channel, created_at, order_id, customer_id, joined_into ON ticket
WHEN old.status != new.status OR old.view != new.view OR old.category != new.category
    OR old.channel != new.channel OR old.created_at != new.created_at OR old.order_id IS NOT new.order_id
    OR old.customer_id != new.customer_id OR old.joined_into IS NOT new.joined_into
BEGIN
    INSERT INTO figure_stale SELECT id FROM ticket WHERE id IN (new.id, old.joined_into)
        AND id NOT IN (SELECT ticket_id FROM figure_stale);
END;
CREATE TRIGGER figure_ticket_gone AFTER DELETE ON ticket BEGIN
    DELETE FROM figure_sample WHERE ticket_id = old.id;
    DELETE FROM figure_stale WHERE ticket_id = old.id;
END;
CREATE TRIGGER figure_message_made AFTER INSERT ON message BEGIN
    INSERT INTO figure_stale SELECT new.ticket_id
        WHERE NOT EXISTS (SELECT 1 FROM figure_stale WHERE ticket_id = new.ticket_id);
END;
CREATE TRIGGER figure_message_changed AFTER UPDATE OF ticket_id, direction, machine, at, macro, aside ON message
WHEN old.ticket_id != new.ticket_id OR old.direction != new.direction OR old.machine != new.machine
    OR old.at != new.at OR old.macro != new.macro OR old.aside != new.aside
BEGIN
    INSERT INTO figure_stale SELECT id FROM ticket WHERE id IN (old.ticket_id, new.ticket_id)
        AND id NOT IN (SELECT ticket_id FROM figure_stale);
END;
CREATE TRIGGER figure_message_gone AFTER DELETE ON message BEGIN
    INSERT INTO figure_stale SELECT old.ticket_id
        WHERE NOT EXISTS (SELECT 1 FROM figure_stale WHERE ticket_id = old.ticket_id);
END;
CREATE TRIGGER figure_event_made AFTER INSERT ON events BEGIN
    INSERT INTO figure_stale SELECT new.ticket_id
        WHERE NOT EXISTS (SELECT 1 FROM figure_stale WHERE ticket_id = new.ticket_id);
END;
CREATE TRIGGER figure_event_gone AFTER DELETE ON events BEGIN
    INSERT INTO figure_stale SELECT old.ticket_id
        WHERE NOT EXISTS (SELECT 1 FROM figure_stale WHERE ticket_id = old.ticket_id);
END;
