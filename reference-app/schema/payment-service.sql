-- The accounts: one payment for each order. A payment that is to be refunded may still be on its way to be charged.

ALTER TABLE payments ADD COLUMN IF NOT EXISTS refund_wanted boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX IF NOT EXISTS payments_one_of_order ON payments (order_id);
CREATE INDEX IF NOT EXISTS payments_to_refund ON payments (order_id) WHERE refund_wanted AND status = 'SUCCESS';

-- Opens an order's payment, or finds it.
CREATE OR REPLACE FUNCTION open_payment(p_order bigint, p_amount_cents bigint, p_method text,
                                        OUT status text, OUT transaction_id text, OUT amount_cents bigint) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  INSERT INTO payments (order_id, amount_cents, payment_method) VALUES (p_order, p_amount_cents, p_method)
  ON CONFLICT (order_id) DO NOTHING;
  SELECT p.status, p.transaction_id, p.amount_cents INTO status, transaction_id, amount_cents FROM payments p WHERE order_id = p_order;
END
$$;

-- How a charge went; telling twice changes nothing. What was cancelled meanwhile and charged all the same has to be given back.
CREATE OR REPLACE FUNCTION settle_account(p_order bigint, p_transaction text, p_paid boolean) RETURNS text LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF p_paid THEN
    UPDATE payments SET status = 'SUCCESS', transaction_id = p_transaction, refund_wanted = refund_wanted OR status = 'CANCELLED'
     WHERE order_id = p_order AND status IN ('PENDING', 'CANCELLED');
  ELSE
    UPDATE payments SET status = 'FAILED' WHERE order_id = p_order AND status = 'PENDING';
  END IF;
  RETURN (SELECT status FROM payments WHERE order_id = p_order);
END
$$;

-- Notes that an order's money is wanted back, also before it was asked for: then it will not be. Returns how the payment stands.
CREATE OR REPLACE FUNCTION want_refund(p_order bigint, p_amount_cents bigint, p_method text) RETURNS text LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  state text;
BEGIN
  INSERT INTO payments AS p (order_id, amount_cents, payment_method, status, refund_wanted)
  VALUES (p_order, p_amount_cents, p_method, 'CANCELLED', true)
  ON CONFLICT (order_id) DO UPDATE
    SET refund_wanted = true, status = CASE p.status WHEN 'PENDING' THEN 'CANCELLED' ELSE p.status END
  RETURNING p.status INTO state;
  RETURN state;
END
$$;
