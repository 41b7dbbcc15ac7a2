-- What the seed has loaded; at most one row.
CREATE TABLE IF NOT EXISTS seed_info (
  only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  format    integer NOT NULL,
  seed      bigint NOT NULL,
  products  integer NOT NULL,
  users     integer NOT NULL,
  cost      integer NOT NULL,
  loaded_at timestamptz NOT NULL DEFAULT now()
);
