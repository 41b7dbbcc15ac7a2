import type { Statement } from '../database/database.ts';

export const PAGE_SIZE = 20;
export const PAGES_MAX = 5;
/** Most products that one query can lead to, over all its pages. */
const CANDIDATES_MAX = PAGE_SIZE * PAGES_MAX;

/**
 * Full-text search whose cost does not grow with how common a word is.
 *
 * Ranking every match would read thousands of rows for a common word. So the candidates are gathered from the most popular
 * products first, tier by tier: a tier is looked at only while the tiers above it gave fewer than 100 matches, and each tier
 * has a partial GIN index of its own. A word that is common in the catalogue fills the 100 within the first tier (5,000
 * products); one that is rare enough to reach the last tier has few matches there. Only these candidates are ranked
 * (`ts_rank`; name before category before description), the more popular first among equals.
 *
 * Consequences: no query leads to more than 100 products (5 pages of 20), there is no total count, and beyond the candidates
 * popularity wins over textual rank. MATERIALIZED keeps the planner from walking the popularity index in search of matches.
 * A query of exclusions only (`-word`), or of stop words only, has nothing to look up in the index and finds nothing.
 */
export const SEARCH: Statement = {
  name: 'search',
  kind: 'read',
  text: `
    WITH q AS MATERIALIZED (
      SELECT query FROM websearch_to_tsquery('english', $1) AS query WHERE querytree(query) NOT IN ('', 'T')
    ), top_matches AS MATERIALIZED (
      ${matchesIn('popularity_rank <= 5000')}
    ), top AS MATERIALIZED (
      SELECT * FROM top_matches ORDER BY popularity_rank LIMIT ${CANDIDATES_MAX}
    ), middle_matches AS MATERIALIZED (
      ${matchesIn('popularity_rank > 5000 AND popularity_rank <= 25000')}
        AND (SELECT count(*) FROM top) < ${CANDIDATES_MAX}
    ), middle AS MATERIALIZED (
      SELECT * FROM middle_matches ORDER BY popularity_rank LIMIT ${CANDIDATES_MAX}
    ), rest_matches AS MATERIALIZED (
      ${matchesIn('popularity_rank > 25000')}
        AND (SELECT count(*) FROM top) + (SELECT count(*) FROM middle) < ${CANDIDATES_MAX}
    ), candidates AS MATERIALIZED (
      SELECT * FROM (TABLE top UNION ALL TABLE middle UNION ALL TABLE rest_matches) c ORDER BY popularity_rank LIMIT ${CANDIDATES_MAX}
    )
    SELECT row_to_json(j)::text AS body
      FROM (SELECT p.*, ts_rank(p.search, q.query) AS rank FROM candidates JOIN products p USING (product_id), q
             ORDER BY rank DESC, p.popularity_rank LIMIT ${PAGE_SIZE + 1} OFFSET $2) p,
           LATERAL (SELECT p.product_id AS id, p.name, p.category, p.price_cents AS "priceCents", p.stock_quantity > 0 AS "inStock") j`,
};

function matchesIn(tier: string): string {
  return `SELECT product_id, popularity_rank FROM products WHERE search @@ (SELECT query FROM q) AND ${tier}`;
}
