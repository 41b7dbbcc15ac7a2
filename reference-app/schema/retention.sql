-- What lets old rows be found without reading young ones (pruning/retention.ts).

CREATE INDEX IF NOT EXISTS orders_keyed ON orders (created_at) WHERE idempotency_key IS NOT NULL;
-- Rows go as fast as they come; a fifth of such a table, which is when vacuum would come by itself, is millions of them.
ALTER TABLE inbox SET (autovacuum_vacuum_scale_factor = 0.01);
