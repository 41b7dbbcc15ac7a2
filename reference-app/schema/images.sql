-- What images a product has, the first one the main one. A row is written when its objects are in the store.
CREATE TABLE IF NOT EXISTS product_images (
  image_id   uuid PRIMARY KEY,
  image_no   bigint GENERATED ALWAYS AS IDENTITY,
  product_id bigint NOT NULL REFERENCES products,
  format     text NOT NULL CHECK (format IN ('jpeg', 'png', 'webp')),
  width      integer NOT NULL CHECK (width > 0),
  height     integer NOT NULL CHECK (height > 0),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS product_images_of ON product_images (product_id, image_no);
