import type { Queries, Statement } from '../database/database.ts';
import { WrittenBehind } from '../database/written-behind.ts';
import type { Log } from '../log.ts';

/** Products counted between two writes; views of further ones are not counted. */
const PRODUCTS_MAX = 10_000;

/** In order of the id, so that instances that write at once wait for each other instead of deadlocking. */
const ADD_VIEWS: Statement = {
  name: 'add-views',
  kind: 'write',
  text: `INSERT INTO product_views AS v (product_id, views)
         SELECT product_id, views FROM unnest($1::bigint[], $2::bigint[]) AS seen (product_id, views) ORDER BY product_id
         ON CONFLICT (product_id) DO UPDATE SET views = v.views + excluded.views`,
};

/** How often products are looked at, written behind. */
export class ViewCounts extends WrittenBehind<number> {
  constructor(database: Queries, log: Log) {
    super({ database, add: ADD_VIEWS, keysMax: PRODUCTS_MAX, waiting: 'views wait to be written' }, log);
  }
}
