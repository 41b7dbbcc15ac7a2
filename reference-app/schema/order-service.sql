-- What the order service has where products, stock, payments and users are other services'.

ALTER TABLE orders ADD COLUMN IF NOT EXISTS reservation_id uuid;

-- What has to be asked of another service because of an order, written in the order's own transaction so that no crash forgets it. A row is
-- gone when that service has answered. Who is at a row moves its due_at on, and loses it when it dies.
CREATE TABLE IF NOT EXISTS errands (
  errand_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('charge', 'refund', 'recommend')),
  order_id   bigint NOT NULL REFERENCES orders,
  due_at     timestamptz NOT NULL DEFAULT now(),
  attempts   integer NOT NULL DEFAULT 0,
  last_error text
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
CREATE INDEX IF NOT EXISTS errands_due ON errands (due_at);
CREATE INDEX IF NOT EXISTS errands_of_order ON errands (order_id);

-- Whatever cancels an order, or finds it cancelled after it was paid, tells so in the outbox.
CREATE OR REPLACE FUNCTION ask_for_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO errands (kind, order_id) VALUES ('refund', NEW.order_id);
  RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER refund_follows AFTER INSERT ON outbox FOR EACH ROW
  WHEN (NEW.kind IN ('order.cancelled', 'payment.refund_due')) EXECUTE FUNCTION ask_for_refund();

-- The lines of a cart as JSON, without the names and prices that the product service has, and its version.
CREATE OR REPLACE FUNCTION read_cart(p_user bigint, OUT version bigint, OUT body text) LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  SELECT coalesce((SELECT c.version FROM carts c WHERE c.user_id = p_user), 0),
         coalesce(json_agg(json_build_object('productId', product_id, 'quantity', quantity) ORDER BY product_id), '[]')::text
    INTO version, body FROM cart_items WHERE user_id = p_user;
END
$$;

-- What an order begins with, from one snapshot. outcome: open, with the lines of the cart when it is the cart that is ordered;
-- replayed, key_reused or cart_empty.
CREATE OR REPLACE FUNCTION begin_order(p_user bigint, p_key text, p_fingerprint text, p_from_cart boolean,
                                       OUT outcome text, OUT body text, OUT cart_version bigint, OUT cart_lines text)
  LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  seen record;
BEGIN
  outcome := 'open';
  IF p_key IS NOT NULL THEN
    SELECT o.order_id, o.request_fingerprint INTO seen FROM orders o WHERE o.user_id = p_user AND o.idempotency_key = p_key;
    IF FOUND THEN
      outcome := CASE WHEN seen.request_fingerprint = p_fingerprint THEN 'replayed' ELSE 'key_reused' END;
      body := CASE outcome WHEN 'replayed' THEN read_order(seen.order_id, p_user) END;
      RETURN;
    END IF;
  END IF;
  IF p_from_cart THEN
    SELECT c.version, c.body INTO cart_version, cart_lines FROM read_cart(p_user) c;
    IF cart_lines = '[]' THEN
      outcome := 'cart_empty';
    END IF;
  END IF;
END
$$;

-- Writes an order whose stock is reserved, its events and its errands, whole or not at all. p_cart_version is the version of the
-- cart that was ordered, or null. outcome: placed, replayed, key_reused, or cart_changed when the cart is no longer that one.
-- reservation is that of the order which was found. p_hold is for how long the charge is left to whoever calls this.
CREATE OR REPLACE FUNCTION accept_order(p_user bigint, p_products bigint[], p_quantities integer[], p_prices bigint[], p_method text,
                                        p_address text, p_key text, p_fingerprint text, p_cart_version bigint,
                                        p_reservation uuid, p_errands text[], p_due interval, p_hold interval,
                                        OUT outcome text, OUT order_id bigint, OUT body text, OUT reservation uuid,
                                        OUT cart_version bigint, OUT cart_body text)
  LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  seen      record;
  new_order bigint;
  total     bigint;
BEGIN
  IF p_key IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_key, p_user));
    SELECT o.order_id, o.request_fingerprint, o.reservation_id INTO seen FROM orders o WHERE o.user_id = p_user AND o.idempotency_key = p_key;
    IF FOUND THEN
      outcome := CASE WHEN seen.request_fingerprint = p_fingerprint THEN 'replayed' ELSE 'key_reused' END;
      body := CASE outcome WHEN 'replayed' THEN read_order(seen.order_id, p_user) END;
      reservation := seen.reservation_id;
      RETURN;
    END IF;
  END IF;
  IF p_cart_version IS NOT NULL THEN
    PERFORM FROM carts c WHERE c.user_id = p_user AND c.version = p_cart_version FOR UPDATE;
    IF NOT FOUND THEN
      outcome := 'cart_changed';
      RETURN;
    END IF;
  END IF;

  SELECT sum(i.quantity * i.price) INTO total FROM unnest(p_quantities, p_prices) AS i (quantity, price);
  INSERT INTO orders (user_id, total_cents, shipping_address, idempotency_key, request_fingerprint, reservation_id)
  VALUES (p_user, total, p_address, p_key, CASE WHEN p_key IS NOT NULL THEN p_fingerprint END, p_reservation)
  RETURNING orders.order_id INTO new_order;
  INSERT INTO order_items (order_id, product_id, quantity, price_cents)
  SELECT new_order, i.product_id, i.quantity, i.price FROM unnest(p_products, p_quantities, p_prices) AS i (product_id, quantity, price);
  INSERT INTO payments (order_id, amount_cents, payment_method) VALUES (new_order, total, p_method);
  INSERT INTO outbox (kind, order_id, due_at) VALUES ('order.placed', new_order, now() + p_due);
  INSERT INTO errands (kind, order_id, due_at) SELECT kind, new_order, now() + CASE kind WHEN 'charge' THEN p_hold ELSE interval '0' END
    FROM unnest(p_errands) AS kind;
  outcome := 'placed';
  order_id := new_order;
  body := read_order(new_order, p_user);
  IF p_cart_version IS NOT NULL THEN
    PERFORM lock_cart(p_user);
    DELETE FROM cart_items WHERE user_id = p_user;
    SELECT c.version, c.body INTO cart_version, cart_body FROM read_cart(p_user) c;
  END IF;
END
$$;

-- What the payment service said of an order's charge, once and for all; the errand is done. Returns the order.
CREATE OR REPLACE FUNCTION finish_charge(p_order bigint, p_transaction text, p_paid boolean) RETURNS text LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  PERFORM settle_payment(p_order, p_transaction, p_paid);
  DELETE FROM errands WHERE order_id = p_order AND kind = 'charge';
  RETURN (SELECT read_order(p_order, user_id) FROM orders WHERE order_id = p_order);
END
$$;

-- The stock is the inventory service's, which hears of a cancellation through the event.
CREATE OR REPLACE FUNCTION give_back_stock(p_order bigint) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN '{}';
END
$$;

-- The user service knows.
CREATE OR REPLACE FUNCTION email_of(p_user bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN NULL;
END
$$;

-- Whether products, stock, payments and users are other services'.
CREATE OR REPLACE FUNCTION stands_alone() RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN true;
END
$$;
