-- How many there are of each product, and who has some of them reserved. Where this stands alone nobody else can take stock.

CREATE TABLE IF NOT EXISTS stock (
  product_id     bigint PRIMARY KEY,
  stock_quantity integer NOT NULL CHECK (stock_quantity >= 0)
) WITH (fillfactor = 70);

-- HELD until the order is known to stand, or expires_at passes. CONFIRMED: an order has it. RELEASED: given back, and may be taken
-- again under the same id. CANCELLED: given back for good, whatever comes late.
CREATE TABLE IF NOT EXISTS reservations (
  reservation_id uuid PRIMARY KEY,
  order_id       bigint,
  state          text NOT NULL CHECK (state IN ('HELD', 'CONFIRMED', 'RELEASED', 'CANCELLED')),
  expires_at     timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX IF NOT EXISTS reservations_held ON reservations (expires_at) WHERE state = 'HELD';
CREATE INDEX IF NOT EXISTS reservations_of_order ON reservations (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS reservation_items (
  reservation_id uuid NOT NULL REFERENCES reservations,
  product_id     bigint NOT NULL,
  quantity       integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (reservation_id, product_id)
);

-- Takes what is wanted of each product, or nothing: then the list of what lacks is returned. Deadlock-free: whoever takes or
-- gives back holds the lock of the reservation first, then the products' in ascending order.
CREATE OR REPLACE FUNCTION take_stock(p_products bigint[], p_quantities integer[]) RETURNS json LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  taken   boolean[] := '{}';
  lacking json[] := '{}';
  line    record;
BEGIN
  FOR line IN SELECT * FROM unnest(p_products, p_quantities) AS w (product, quantity) ORDER BY product LOOP
    UPDATE stock SET stock_quantity = stock_quantity - line.quantity
     WHERE product_id = line.product AND stock_quantity >= line.quantity;
    IF NOT FOUND THEN
      lacking := lacking || json_build_object('productId', line.product, 'requested', line.quantity, 'available',
                                              (SELECT stock_quantity FROM stock WHERE product_id = line.product));
      taken := taken || false;
    ELSE
      taken := taken || true;
    END IF;
  END LOOP;
  IF cardinality(lacking) = 0 THEN
    RETURN NULL;
  END IF;
  UPDATE stock s SET stock_quantity = s.stock_quantity + w.quantity
    FROM (SELECT product, quantity, row_number() OVER (ORDER BY product) AS n
            FROM unnest(p_products, p_quantities) AS u (product, quantity)) w
   WHERE s.product_id = w.product AND taken[w.n::integer];
  RETURN array_to_json(lacking);
END
$$;

CREATE OR REPLACE FUNCTION lock_reservation(p_id uuid) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_id::text, 0));
  RETURN coalesce((SELECT state FROM reservations WHERE reservation_id = p_id), 'NONE');
END
$$;

-- Notes a reservation whose stock was taken under the lock.
CREATE OR REPLACE FUNCTION note_reservation(p_id uuid, p_order bigint, p_state text, p_hold interval, p_products bigint[],
                                            p_quantities integer[]) RETURNS void LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  INSERT INTO reservations (reservation_id, order_id, state, expires_at) VALUES (p_id, p_order, p_state, now() + p_hold)
  ON CONFLICT (reservation_id) DO UPDATE SET order_id = excluded.order_id, state = excluded.state, expires_at = excluded.expires_at;
  INSERT INTO reservation_items (reservation_id, product_id, quantity)
  SELECT p_id, product, quantity FROM unnest(p_products, p_quantities) AS w (product, quantity) ON CONFLICT DO NOTHING;
END
$$;

-- Reserves all of it or nothing. outcome: reserved, also when it is so already; out_of_stock, with what lacks; or cancelled. An id
-- stands for its lines: the caller derives it from them.
CREATE OR REPLACE FUNCTION reserve_stock(p_id uuid, p_products bigint[], p_quantities integer[], p_hold interval,
                                         OUT outcome text, OUT lacking text) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  state text := lock_reservation(p_id);
BEGIN
  IF state = 'CANCELLED' THEN
    outcome := 'cancelled';
    RETURN;
  END IF;
  outcome := 'reserved';
  IF state = 'HELD' THEN
    UPDATE reservations SET expires_at = now() + p_hold WHERE reservation_id = p_id;
  ELSIF state <> 'CONFIRMED' THEN
    lacking := take_stock(p_products, p_quantities)::text;
    IF lacking IS NULL THEN
      PERFORM note_reservation(p_id, NULL, 'HELD', p_hold, p_products, p_quantities);
    ELSE
      outcome := 'out_of_stock';
    END IF;
  END IF;
END
$$;

-- An order stands. What had expired is taken again, if it is still there. outcome: confirmed, cancelled, or lost when it is not.
CREATE OR REPLACE FUNCTION confirm_stock(p_id uuid, p_order bigint, p_products bigint[], p_quantities integer[]) RETURNS text
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  state text := lock_reservation(p_id);
BEGIN
  IF state = 'CANCELLED' THEN
    RETURN 'cancelled';
  ELSIF state = 'HELD' THEN
    UPDATE reservations SET state = 'CONFIRMED', order_id = p_order WHERE reservation_id = p_id;
  ELSIF state <> 'CONFIRMED' THEN
    IF take_stock(p_products, p_quantities) IS NOT NULL THEN
      RETURN 'lost';
    END IF;
    PERFORM note_reservation(p_id, p_order, 'CONFIRMED', interval '0', p_products, p_quantities);
  END IF;
  RETURN 'confirmed';
END
$$;

-- Gives back what is held or confirmed, once. p_final says that no order will ever have it; otherwise only what is held is given
-- back, and may be taken again. False when there was nothing to give back.
CREATE OR REPLACE FUNCTION release_stock(p_id uuid, p_final boolean) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  state text := lock_reservation(p_id);
  gives boolean := state = 'HELD' OR (p_final AND state = 'CONFIRMED');
  line  record;
BEGIN
  IF gives THEN
    FOR line IN SELECT product_id, quantity FROM reservation_items WHERE reservation_id = p_id ORDER BY product_id LOOP
      UPDATE stock SET stock_quantity = stock_quantity + line.quantity WHERE product_id = line.product_id;
    END LOOP;
  END IF;
  IF p_final THEN
    -- Also where nothing is known of it: what comes late must not take it.
    INSERT INTO reservations (reservation_id, state, expires_at) VALUES (p_id, 'CANCELLED', now())
    ON CONFLICT (reservation_id) DO UPDATE SET state = 'CANCELLED';
  ELSIF gives THEN
    UPDATE reservations SET state = 'RELEASED' WHERE reservation_id = p_id;
  END IF;
  RETURN gives;
END
$$;

-- Gives one expired reservation back, if there is one. One a transaction, so that two of them cannot wait for each other.
CREATE OR REPLACE FUNCTION expire_stock() RETURNS boolean LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  expired uuid;
BEGIN
  SELECT reservation_id INTO expired FROM reservations WHERE state = 'HELD' AND expires_at < now() ORDER BY expires_at LIMIT 1;
  IF expired IS NULL THEN
    RETURN false;
  END IF;
  PERFORM lock_reservation(expired);
  -- Asked for again, or confirmed, while the lock was waited for?
  IF EXISTS (SELECT FROM reservations WHERE reservation_id = expired AND state = 'HELD' AND expires_at < now()) THEN
    PERFORM release_stock(expired, false);
  END IF;
  RETURN true;
END
$$;

-- Takes one line of an order off the shelf, as in the monolith; what is known of the order is its reservation.
-- outcome: picked, already_picked (by whom), no_line, wrong_quantity or not_open (cancelled).
CREATE OR REPLACE FUNCTION pick_line(p_order bigint, p_product bigint, p_quantity integer, p_by bigint,
                                     OUT outcome text, OUT picked_by bigint, OUT stock integer) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  reserved reservations;
  ordered  integer;
BEGIN
  -- The lock keeps it from being cancelled in between.
  SELECT * INTO reserved FROM reservations WHERE order_id = p_order FOR NO KEY UPDATE;
  SELECT quantity INTO ordered FROM reservation_items WHERE reservation_id = reserved.reservation_id AND product_id = p_product;
  IF ordered IS NULL THEN
    outcome := 'no_line';
  ELSIF reserved.state <> 'CONFIRMED' THEN
    outcome := 'not_open';
  ELSIF ordered <> p_quantity THEN
    outcome := 'wrong_quantity';
  ELSE
    INSERT INTO picks (order_id, product_id, quantity, picked_by) VALUES (p_order, p_product, p_quantity, p_by)
    ON CONFLICT DO NOTHING;
    outcome := CASE WHEN FOUND THEN 'picked' ELSE 'already_picked' END;
    picked_by := (SELECT k.picked_by FROM picks k WHERE k.order_id = p_order AND k.product_id = p_product);
    stock := (SELECT s.stock_quantity FROM stock s WHERE s.product_id = p_product);
  END IF;
END
$$;
