import { describe, expect, it } from 'vitest';
import { difference, parseNginx, parsePrometheus } from './counters.ts';

describe('parsePrometheus', () => {
  it('adds up labels, keeps kinds, and leaves out what is no counter of ours', () => {
    const text = [
      '# HELP shop_cache_hits_total hits',
      'shop_cache_hits_total{kind="product"} 10',
      'shop_cache_hits_total{kind="search"} 5',
      'shop_database_queries_total{kind="read"} 7',
      'shop_orders_rejected_total{reason="out_of_stock"} 2',
      'shop_http_requests_total{route="/a",status="200"} 3',
      'shop_database_pool_waiting 4',
      'process_cpu_seconds_total 1.5',
    ].join('\n');
    expect(parsePrometheus(text)).toEqual({
      'cache.hits': 15,
      'cache.hits.product': 10,
      'cache.hits.search': 5,
      'database.queries': 7,
      'database.queries.read': 7,
      'orders.rejected': 2,
      'http.requests': 3,
    });
  });
});

describe('parseNginx', () => {
  it('reads the number of requests', () => {
    const text =
      'Active connections: 3 \nserver accepts handled requests\n 16 16 31070 \nReading: 0 Writing: 1 Waiting: 2 \n';
    expect(parseNginx(text)).toEqual({ 'nginx.requests': 31_070 });
  });

  it('has no counter when there is none', () => expect(parseNginx('Active connections: 3')).toEqual({}));
});

describe('difference', () => {
  it('leaves out what only one reading has, so that nothing looks like zero', () => {
    expect(difference({ a: 1, gone: 5 }, { a: 4, fresh: 2 })).toEqual({ a: 3 });
  });
});
