import type { Queries, Statement } from '../database/database.ts';
import { ListStore } from '../products/list-store.ts';
import { listQuery } from '../products/product-list.ts';
import type { ProductStore } from '../products/product-store.ts';
import { normaliseQuery, SearchStore } from '../search/search-store.ts';
import type { Cache } from './cache.ts';

/** As many as the most sought-after pages are worth loading before anybody asks for them. */
const PRODUCTS = 100;
const CATEGORIES = 100;
/** So many at a time: a start must not be felt by the instances that serve already. */
const AT_A_TIME = 4;

const POPULAR: Statement = {
  kind: 'read',
  text: `SELECT product_id AS id FROM products ORDER BY popularity_rank LIMIT ${PRODUCTS}`,
};
const OFTEN_SEEN: Statement = {
  kind: 'read',
  text: `SELECT category AS name FROM products WHERE popularity_rank <= 5000 GROUP BY category ORDER BY min(popularity_rank)
          LIMIT ${CATEGORIES}`,
};

/** Loads what will be asked for first: the most popular products, and each category's first page and search. Returns how many. */
export async function warmCache(products: ProductStore, database: Queries, cache: Cache): Promise<number> {
  const lists = new ListStore(database, cache);
  const searches = new SearchStore(database, cache);
  const popular = await database.query<{ id: string }>(POPULAR, []);
  const categories = await database.query<{ name: string }>(OFTEN_SEEN, []);
  const loads = [
    ...popular.map(
      ({ id }) =>
        () =>
          products.read(Number(id)),
    ),
    ...categories.map(
      ({ name }) =>
        () =>
          lists.page(listQuery.parse({ category: name })),
    ),
    ...categories.map(
      ({ name }) =>
        () =>
          searches.page(normaliseQuery(name), 1),
    ),
  ];
  const queue = loads.values();
  const work = async () => {
    for (const load of queue) await load();
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return loads.length;
}
