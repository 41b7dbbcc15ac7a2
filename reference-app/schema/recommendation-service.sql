-- Who bought what, as the order service tells. In the monolith the orders themselves say so.
CREATE TABLE IF NOT EXISTS purchases (
  order_id   bigint NOT NULL,
  product_id bigint NOT NULL,
  user_id    bigint NOT NULL,
  PRIMARY KEY (order_id, product_id)
);
CREATE INDEX IF NOT EXISTS purchases_of_user ON purchases (user_id, order_id);
