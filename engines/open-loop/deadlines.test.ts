import { expect, test } from 'vitest';
import { DeadlineList, type Dated } from './deadlines.ts';

interface Item extends Dated<Item> {
  readonly name: string;
}

function listOf(...deadlines_us: number[]): {
  list: DeadlineList<Item>;
  items: Item[];
  expired: (now: number) => string;
} {
  const list = new DeadlineList<Item>();
  const items = deadlines_us.map((deadline_us, i): Item => ({ name: `${i}`, deadline_us, earlier: null, later: null }));
  for (const item of items) list.add(item);
  const expired = (now_us: number): string => {
    let names = '';
    list.expire(now_us, (item) => {
      list.remove(item);
      names += item.name;
    });
    return names;
  };
  return { list, items, expired };
}

test('expires in order what is due, once', () => {
  const { expired } = listOf(10, 20, 20, 30);
  expect(['9', expired(9), expired(20), expired(20), expired(99)]).toEqual(['9', '', '012', '', '3']);
});

test.each([0, 1, 2])('what has been removed does not expire (item %d)', (index) => {
  const { list, items, expired } = listOf(10, 20, 30);
  const item = items[index];
  if (item !== undefined) list.remove(item);
  expect(expired(99)).toBe('012'.replace(`${index}`, ''));
});

test('goes over all, also when they are removed on the way', () => {
  const { list, expired } = listOf(10, 20, 30);
  const seen: string[] = [];
  list.forEach((item) => {
    seen.push(item.name);
    list.remove(item);
  });
  expect(seen).toEqual(['0', '1', '2']);
  expect(expired(99)).toBe('');
});
