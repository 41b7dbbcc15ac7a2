-- What staff did, tried and was refused.
CREATE TABLE IF NOT EXISTS audit_log (
  audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL DEFAULT now(),
  user_id  bigint NOT NULL,
  role     text NOT NULL,
  action   text NOT NULL,
  subject  text NOT NULL,
  allowed  boolean NOT NULL
);
