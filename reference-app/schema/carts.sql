-- One row per user who ever had a cart. Its version orders all changes of that cart: whoever changes the cart takes this
-- row's lock first, so a higher version is always the later state, in the database and in the cache alike.
CREATE TABLE IF NOT EXISTS carts (
  user_id    bigint PRIMARY KEY,
  version    bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80);

-- No foreign keys here, on purpose: checking one locks the product's row (FOR KEY SHARE), and popular products sit in many
-- carts at once. The statement that adds an item reads the product itself; orders, which matter, do have foreign keys.
CREATE TABLE IF NOT EXISTS cart_items (
  user_id    bigint NOT NULL,
  product_id bigint NOT NULL,
  quantity   integer NOT NULL CHECK (quantity BETWEEN 1 AND 999),
  added_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, product_id)
) WITH (fillfactor = 85);

-- The functions, here and in the other parts, are all in PL/pgSQL, which keeps the plans of its statements for the session. A function in plain SQL that
-- cannot be inlined is planned anew at each call, which cost more than running it (read_cart: 185 against 46 us). Every one of
-- them goes by key, so one generic plan serves all values: left to itself PostgreSQL planned the joins anew at most calls,
-- which took a third of its processor time under load.

-- Takes the lock under which a cart changes, and counts the change.
CREATE OR REPLACE FUNCTION lock_cart(p_user bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO carts AS c (user_id, version) VALUES (p_user, 1)
  ON CONFLICT (user_id) DO UPDATE SET version = c.version + 1, updated_at = now();
END
$$;

-- Changes one line of a cart and returns the cart. p_mode: 'add' to the quantity, 'set' it, or 'remove' the line.
-- outcome: ok, no_product, cart_full (more than p_max_lines lines) or too_many (more than 999 of one product).
-- p_check is false where somebody else has the products, and has been asked.
DROP FUNCTION IF EXISTS change_cart(bigint, bigint, integer, text, integer);
CREATE OR REPLACE FUNCTION change_cart(p_user bigint, p_product bigint, p_quantity integer, p_mode text, p_max_lines integer,
                                       p_check boolean DEFAULT true,
                                       OUT outcome text, OUT version bigint, OUT body text) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  held integer;
BEGIN
  IF p_check AND p_mode <> 'remove' THEN
    IF NOT EXISTS (SELECT FROM products WHERE product_id = p_product) THEN
      outcome := 'no_product';
      RETURN;
    END IF;
  END IF;
  PERFORM lock_cart(p_user);
  outcome := 'ok';
  IF p_mode = 'remove' THEN
    DELETE FROM cart_items WHERE user_id = p_user AND product_id = p_product;
  ELSE
    SELECT quantity INTO held FROM cart_items WHERE user_id = p_user AND product_id = p_product;
    IF held IS NULL AND (SELECT count(*) FROM cart_items WHERE user_id = p_user) >= p_max_lines THEN
      outcome := 'cart_full';
    ELSIF p_mode = 'add' AND coalesce(held, 0) + p_quantity > 999 THEN
      outcome := 'too_many';
    ELSIF held IS NULL THEN
      INSERT INTO cart_items (user_id, product_id, quantity) VALUES (p_user, p_product, p_quantity);
    ELSE
      UPDATE cart_items SET quantity = p_quantity + CASE p_mode WHEN 'add' THEN held ELSE 0 END
       WHERE user_id = p_user AND product_id = p_product;
    END IF;
  END IF;
  SELECT r.version, r.body INTO version, body FROM read_cart(p_user) r;
END
$$;
