-- What an action in a store gives beyond what its order owes, in minor units of the shop's currency; NULL: nothing.
ALTER TABLE store_action ADD COLUMN given_minor INTEGER;
ALTER TABLE store_action ADD COLUMN given_currency TEXT NOT NULL DEFAULT '';
CREATE INDEX store_action_given ON store_action (confirmed_at) WHERE given_minor IS NOT NULL;
UPDATE store_action SET given_minor = json_extract(wish, '$.amount.minor'), given_currency = json_extract(wish, '$.amount.currency')
WHERE ability = 'refund' AND json_extract(wish, '$.amount') IS NOT NULL;
