import { describe, expect, it } from 'vitest';
import { estimate } from '../estimate/estimate.ts';
import { explain } from '../estimate/explain.ts';
import { readPlan } from './read-plan.ts';

const BOOK = `
prices: documents
title: The documents' prices
as_of: 2025-11-17
items:
  server: { value: $500/server/month, source: 'summary, Cost' }
  disk: { value: $0.10/GB/month, low: $0.08/GB/month, high: $0.12/GB/month }
discounts:
  reserved: { value: 30 %, on: [server], source: 'reserved for a year' }
  spot: { value: 70 %, on: [server] }
`;

function planWith(prices: string): ReturnType<typeof readPlan> {
  const text = `plan: mine\nprices: ${prices}\nderive:\n  bill: { formula: price.server * 4 servers, unit: $/month }\n`;
  const priceBook = (name: string) => (name === 'documents' ? { path: 'documents.yaml', text: BOOK } : undefined);
  return readPlan('plan.yaml', text, { priceBook });
}

function valueOf(prices: string, id: string): number | undefined {
  return estimate(planWith(prices)).quantities.find((quantity) => quantity.id === id)?.value;
}

describe('prices of a plan', () => {
  it.each([
    ['{ book: documents }', 2000],
    ['{ book: documents, override: { server: $450/server/month } }', 1800],
    ['{ book: documents, discounts: [reserved] }', 1400],
    ['{ book: documents, discounts: [reserved, spot] }', 420],
    ['{ book: documents, override: { server: $450/server/month }, discounts: [reserved] }', 1260],
  ])('%s: $%d a month', (prices, bill) => expect(valueOf(prices, 'bill')).toBeCloseTo(bill, 6));

  it('shows a reduced price as what it is: the list price, less the discount', () => {
    const result = estimate(planWith('{ book: documents, discounts: [reserved] }'));
    const found = explain(result, 'price.server');
    expect(found?.quantity).toMatchObject({
      formula: 'price.server.list * (1 - discount.reserved)',
      unit: 'USD/server/month',
    });
    expect(found?.quantity.value).toBeCloseTo(350, 9);
    expect(found?.inputs.map(({ quantity }) => [quantity.id, quantity.source])).toEqual([
      ['price.server.list', 'summary, Cost'],
      ['discount.reserved', 'reserved for a year'],
    ]);
  });

  it('says which book, of what day, and what was taken off', () => {
    const { prices } = estimate(planWith('{ book: documents, discounts: [spot] }'));
    expect(prices).toEqual({
      name: 'documents',
      title: "The documents' prices",
      asOf: '2025-11-17',
      discounts: ['spot'],
    });
  });

  it('keeps the range of a price', () => {
    const disk = planWith('{ book: documents }').quantities.get('price.disk');
    expect(disk?.range?.high).toBeCloseTo((disk?.range?.low ?? NaN) * 1.5, 12);
  });
});
