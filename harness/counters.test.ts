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
  const reading = (...processes: Record<string, number>[]) =>
    new Map(processes.map((counters, index) => [`http://127.0.0.1:${index}/metrics`, counters]));

  it('adds up what the processes have counted', () => {
    expect(difference(reading({ a: 1 }, { a: 2 }), reading({ a: 4 }, { a: 3 }))).toEqual({ a: 4 });
  });
  it('counts from zero what is new', () => {
    expect(difference(reading({ a: 1 }), reading({ a: 2, b: 3 }, { a: 5 }))).toEqual({ a: 6, b: 3 });
  });
  it('leaves out what a process that is gone has counted', () => {
    expect(difference(reading({ b: 1 }, { a: 2 }), reading({ b: 4 }))).toEqual({ b: 3 });
    expect(difference(reading({ a: 1 }, { a: 2 }), reading({ a: 4 }))).toEqual({});
  });
  it('leaves out what a process that was started anew has counted', () => {
    expect(difference(reading({ a: 10, b: 1 }), reading({ a: 4, b: 2 }))).toEqual({ b: 1 });
  });
});
