-- The address books. An entry is added and removed, never changed: an id stands for the same address for ever. No foreign key:
-- users may be in another database.
CREATE TABLE IF NOT EXISTS addresses (
  address_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id    bigint NOT NULL,
  label      text,
  address    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS addresses_of_user ON addresses (user_id, address_id);

-- Adds an address and returns it as the API does; null when the user has p_max of them. The lock makes that hold for
-- concurrent calls, too.
CREATE OR REPLACE FUNCTION add_address(p_user bigint, p_label text, p_address text, p_max integer) RETURNS text LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  body text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('addresses', p_user));
  IF (SELECT count(*) FROM addresses WHERE user_id = p_user) >= p_max THEN
    RETURN NULL;
  END IF;
  INSERT INTO addresses AS a (user_id, label, address) VALUES (p_user, p_label, p_address)
  RETURNING json_build_object('addressId', a.address_id, 'label', a.label, 'address', a.address, 'createdAt', a.created_at)::text
       INTO body;
  RETURN body;
END
$$;
