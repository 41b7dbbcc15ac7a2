-- One shard of the URL shortener. Applied by the seeder, as often as wanted.

-- A row is never deleted, so that a code is never given twice: an old link must not lead somewhere new. One that was taken back
-- has no address any more. Codes compare by their bytes: `a` is not `A`, in any locale.
CREATE TABLE IF NOT EXISTS urls (
  code            text COLLATE "C" PRIMARY KEY CHECK (length(code) BETWEEN 3 AND 32),
  address         text CHECK (length(address) <= 2048),
  created_at      timestamptz NOT NULL DEFAULT now(),
  -- SHA-256 of the Idempotency-Key that it was made under.
  idempotency_key bytea
);

-- Apart from the URLs, which are read far more often than anything is written to them: each count makes a new version of its row.
CREATE TABLE IF NOT EXISTS clicks (
  code   text COLLATE "C" PRIMARY KEY,
  clicks bigint NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE IF NOT EXISTS seed_info (
  format    int NOT NULL,
  seed      bigint NOT NULL,
  urls      bigint NOT NULL,
  placement text NOT NULL,
  loaded_at timestamptz NOT NULL DEFAULT now()
);
