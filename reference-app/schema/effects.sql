-- What follows from orders: the events that tell of them, and what workers note when they have acted.

-- Events that were committed with the change they tell of, and wait to be handed over. A row is gone as soon as somebody else
-- answers for the event. attempts, due_at, dead and last_error serve when there is no queue to retry in.
CREATE TABLE IF NOT EXISTS outbox (
  event_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind       text NOT NULL,
  order_id   bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  due_at     timestamptz NOT NULL DEFAULT now(),
  attempts   integer NOT NULL DEFAULT 0,
  dead       boolean NOT NULL DEFAULT false,
  last_error text
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- Which worker has had which event: a message that comes twice has no second effect.
CREATE TABLE IF NOT EXISTS inbox (
  worker   text NOT NULL,
  event_id bigint NOT NULL,
  done_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (worker, event_id)
);

CREATE TABLE IF NOT EXISTS notifications (
  notification_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id         bigint NOT NULL,
  order_id        bigint NOT NULL,
  kind            text NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS notifications_of_user ON notifications (user_id, notification_id);

-- The end of each effect: false when the worker has had the event before, and then nothing else happens.
CREATE OR REPLACE FUNCTION finish_effect(p_worker text, p_event bigint) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  INSERT INTO inbox (worker, event_id) VALUES (p_worker, p_event) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END
$$;

-- An order was charged (p_paid true), or is paid on delivery (p_transaction null), or was declined (p_paid false).
-- A customer may have cancelled in between: what was charged is then given back.
CREATE OR REPLACE FUNCTION finish_payment(p_event bigint, p_order bigint, p_transaction text, p_paid boolean)
  RETURNS boolean LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF NOT finish_effect('payment', p_event) THEN
    RETURN false;
  END IF;
  PERFORM settle_payment(p_order, p_transaction, p_paid);
  RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION settle_payment(p_order bigint, p_transaction text, p_paid boolean) RETURNS void LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  state text;
BEGIN
  -- The order first, then its payment: the order in which a cancellation takes them.
  SELECT status INTO state FROM orders WHERE order_id = p_order FOR UPDATE;
  IF NOT p_paid THEN
    UPDATE payments SET status = 'FAILED' WHERE order_id = p_order AND status = 'PENDING';
    IF FOUND THEN
      PERFORM cancel_order(p_order, NULL, true);
    END IF;
    RETURN;
  END IF;
  IF p_transaction IS NOT NULL THEN
    UPDATE payments SET status = 'SUCCESS', transaction_id = p_transaction
     WHERE order_id = p_order AND status IN ('PENDING', 'CANCELLED');
    IF FOUND AND state = 'CANCELLED' THEN
      INSERT INTO outbox (kind, order_id) VALUES ('payment.refund_due', p_order);
    END IF;
  END IF;
  IF move_order(p_order, '{PENDING}', 'CONFIRMED') THEN
    INSERT INTO outbox (kind, order_id) VALUES ('order.confirmed', p_order);
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION finish_refund(p_event bigint, p_order bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF NOT finish_effect('payment', p_event) THEN
    RETURN false;
  END IF;
  UPDATE payments SET status = 'REFUNDED' WHERE order_id = p_order AND status = 'SUCCESS';
  RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION finish_shipping(p_event bigint, p_order bigint, p_tracking text) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF NOT finish_effect('shipping', p_event) THEN
    RETURN false;
  END IF;
  IF move_order(p_order, '{CONFIRMED}', 'SHIPPED') THEN
    UPDATE orders SET tracking_id = p_tracking WHERE order_id = p_order;
    INSERT INTO outbox (kind, order_id) VALUES ('order.shipped', p_order);
  END IF;
  RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION finish_notification(p_event bigint, p_order bigint, p_kind text) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF NOT finish_effect('notification', p_event) THEN
    RETURN false;
  END IF;
  INSERT INTO notifications (user_id, order_id, kind) SELECT user_id, order_id, p_kind FROM orders WHERE order_id = p_order;
  RETURN true;
END
$$;
