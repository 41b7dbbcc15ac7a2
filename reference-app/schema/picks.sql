-- One pick for each line of an order: whoever comes second is told who was first.
CREATE TABLE IF NOT EXISTS picks (
  order_id   bigint NOT NULL,
  product_id bigint NOT NULL,
  quantity   integer NOT NULL CHECK (quantity > 0),
  picked_by  bigint NOT NULL,
  picked_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (order_id, product_id)
);
