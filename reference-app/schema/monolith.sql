-- What only the monolith can have, because all tables are in its one database: foreign keys from one part to another, and
-- transactions across parts.

DO $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN SELECT * FROM (VALUES
    ('orders', 'orders_user_id_fkey', 'FOREIGN KEY (user_id) REFERENCES users'),
    ('order_items', 'order_items_product_id_fkey', 'FOREIGN KEY (product_id) REFERENCES products'),
    ('picks', 'picks_order_id_product_id_fkey', 'FOREIGN KEY (order_id, product_id) REFERENCES order_items'),
    ('reviews', 'reviews_product_id_fkey', 'FOREIGN KEY (product_id) REFERENCES products'),
    ('reviews', 'reviews_user_id_fkey', 'FOREIGN KEY (user_id) REFERENCES users')) AS w (tab, key, definition)
  LOOP
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = wanted.key) THEN
      EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I %s', wanted.tab, wanted.key, wanted.definition);
    END IF;
  END LOOP;
END
$$;

-- The cart as the API returns it, and its version (0 when the user never had one), from one snapshot.
CREATE OR REPLACE FUNCTION read_cart(p_user bigint, OUT version bigint, OUT body text) LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  SELECT coalesce((SELECT c.version FROM carts c WHERE c.user_id = p_user), 0),
         json_build_object('items', coalesce(json_agg(row_to_json(i) ORDER BY i."productId"), '[]'::json),
                           'totalItems', coalesce(sum(i.quantity), 0),
                           'totalCents', coalesce(sum(i.quantity * i."priceCents"), 0))::text
    INTO version, body
    FROM (SELECT ci.product_id AS "productId", p.name, p.price_cents AS "priceCents", ci.quantity
            FROM cart_items ci JOIN products p USING (product_id)
           WHERE ci.user_id = p_user) i;
END
$$;

-- Places one order, whole or not at all. p_products is null to order what is in the cart, and otherwise has distinct ids.
-- Deadlock-free: the idempotency lock comes first, then the cart's, then the products' in ascending order of id.
-- Never oversells: stock is taken by a guarded update, whose row lock is held until the commit; what was taken is given
-- back under the same locks when another product of the order turns out to be lacking.
-- outcome: placed, replayed (same key and request), key_reused, cart_empty, no_product or out_of_stock.
-- body: the order, or the list of lacking products. ordered: its products; sold_out: those whose stock fell to zero.
-- p_due is null when nobody carries events on; otherwise an event goes into the outbox, due after that time.
DROP FUNCTION IF EXISTS place_order(bigint, bigint[], integer[], text, text, text, text);
CREATE OR REPLACE FUNCTION place_order(p_user bigint, p_products bigint[], p_quantities integer[], p_method text, p_address text,
                                       p_key text, p_fingerprint text, p_due interval,
                                       OUT outcome text, OUT order_id bigint, OUT body text, OUT ordered bigint[],
                                       OUT sold_out bigint[], OUT cart_version bigint, OUT cart_body text) LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  from_cart   boolean := p_products IS NULL;
  prices      bigint[] := '{}';
  lacking     json[] := '{}';
  unknown     boolean := false;
  seen        record;
  price       bigint;
  left_over   integer;
  new_order   bigint;
  total       bigint := 0;
BEGIN
  sold_out := '{}';
  IF p_key IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_key, p_user));
    SELECT o.order_id, o.request_fingerprint INTO seen FROM orders o WHERE o.user_id = p_user AND o.idempotency_key = p_key;
    IF FOUND THEN
      outcome := CASE WHEN seen.request_fingerprint = p_fingerprint THEN 'replayed' ELSE 'key_reused' END;
      body := CASE outcome WHEN 'replayed' THEN read_order(seen.order_id, p_user) END;
      RETURN;
    END IF;
  END IF;

  IF from_cart THEN
    PERFORM FROM carts WHERE user_id = p_user FOR UPDATE;
    SELECT array_agg(product_id ORDER BY product_id), array_agg(quantity ORDER BY product_id)
      INTO p_products, p_quantities FROM cart_items WHERE user_id = p_user;
    IF p_products IS NULL THEN
      outcome := 'cart_empty';
      RETURN;
    END IF;
  ELSE
    SELECT array_agg(product_id ORDER BY product_id), array_agg(quantity ORDER BY product_id)
      INTO p_products, p_quantities FROM unnest(p_products, p_quantities) AS wanted (product_id, quantity);
  END IF;

  FOR n IN 1 .. cardinality(p_products) LOOP
    UPDATE products SET stock_quantity = stock_quantity - p_quantities[n]
     WHERE product_id = p_products[n] AND stock_quantity >= p_quantities[n]
     RETURNING price_cents, stock_quantity INTO price, left_over;
    IF FOUND THEN
      prices := prices || price;
      total := total + price * p_quantities[n];
      IF left_over = 0 THEN
        sold_out := sold_out || p_products[n];
      END IF;
    ELSE
      prices := prices || NULL::bigint;
      left_over := (SELECT stock_quantity FROM products WHERE product_id = p_products[n]);
      unknown := unknown OR left_over IS NULL;
      lacking := lacking || json_build_object('productId', p_products[n], 'requested', p_quantities[n], 'available', left_over);
    END IF;
  END LOOP;

  IF cardinality(lacking) > 0 THEN
    UPDATE products p SET stock_quantity = p.stock_quantity + taken.quantity
      FROM unnest(p_products, p_quantities, prices) AS taken (product_id, quantity, price)
     WHERE p.product_id = taken.product_id AND taken.price IS NOT NULL;
    outcome := CASE WHEN unknown THEN 'no_product' ELSE 'out_of_stock' END;
    body := array_to_json(lacking)::text;
    sold_out := '{}';
    RETURN;
  END IF;

  INSERT INTO orders (user_id, total_cents, shipping_address, idempotency_key, request_fingerprint)
  VALUES (p_user, total, p_address, p_key, CASE WHEN p_key IS NOT NULL THEN p_fingerprint END) RETURNING order_id INTO new_order;
  INSERT INTO order_items (order_id, product_id, quantity, price_cents)
  SELECT new_order, i.product_id, i.quantity, i.price FROM unnest(p_products, p_quantities, prices) AS i (product_id, quantity, price);
  INSERT INTO payments (order_id, amount_cents, payment_method) VALUES (new_order, total, p_method);
  IF p_due IS NOT NULL THEN
    INSERT INTO outbox (kind, order_id, due_at) VALUES ('order.placed', new_order, now() + p_due);
  END IF;
  outcome := 'placed';
  order_id := new_order;
  ordered := p_products;
  body := read_order(new_order, p_user);

  IF from_cart THEN
    PERFORM lock_cart(p_user);
    DELETE FROM cart_items WHERE user_id = p_user;
    SELECT c.version, c.body INTO cart_version, cart_body FROM read_cart(p_user) c;
  END IF;
END
$$;

-- Gives back what an order took; returns the products that were sold out until now.
CREATE OR REPLACE FUNCTION give_back_stock(p_order bigint) RETURNS bigint[] LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  restocked bigint[] := '{}';
  line      record;
  stock     integer;
BEGIN
  FOR line IN SELECT product_id, quantity FROM order_items WHERE order_id = p_order ORDER BY product_id LOOP
    UPDATE products SET stock_quantity = stock_quantity + line.quantity WHERE product_id = line.product_id
    RETURNING stock_quantity INTO stock;
    IF stock = line.quantity THEN
      restocked := restocked || line.product_id;
    END IF;
  END LOOP;
  RETURN restocked;
END
$$;

-- Where an order's letters go.
CREATE OR REPLACE FUNCTION email_of(p_user bigint) RETURNS text LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (SELECT email FROM users WHERE user_id = p_user);
END
$$;

-- Whether products, stock, payments and users are other services'.
CREATE OR REPLACE FUNCTION stands_alone() RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN false;
END
$$;

-- Takes one line of an order off the shelf. Its stock was taken when it was ordered, so nothing is subtracted again.
-- outcome: picked, already_picked (by whom), no_line, wrong_quantity or not_open (cancelled, shipped or delivered).
CREATE OR REPLACE FUNCTION pick_line(p_order bigint, p_product bigint, p_quantity integer, p_by bigint,
                                     OUT outcome text, OUT picked_by bigint, OUT stock integer) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  ordered integer;
  state   text;
BEGIN
  -- The order's lock keeps it from being cancelled or shipped in between.
  SELECT status INTO state FROM orders WHERE order_id = p_order FOR NO KEY UPDATE;
  SELECT quantity INTO ordered FROM order_items WHERE order_id = p_order AND product_id = p_product;
  IF ordered IS NULL THEN
    outcome := 'no_line';
  ELSIF state NOT IN ('PENDING', 'CONFIRMED') THEN
    outcome := 'not_open';
  ELSIF ordered <> p_quantity THEN
    outcome := 'wrong_quantity';
  ELSE
    INSERT INTO picks (order_id, product_id, quantity, picked_by) VALUES (p_order, p_product, p_quantity, p_by)
    ON CONFLICT DO NOTHING;
    outcome := CASE WHEN FOUND THEN 'picked' ELSE 'already_picked' END;
    picked_by := (SELECT k.picked_by FROM picks k WHERE k.order_id = p_order AND k.product_id = p_product);
    stock := (SELECT stock_quantity FROM products WHERE product_id = p_product);
  END IF;
END
$$;
