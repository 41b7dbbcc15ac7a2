import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProbeSite } from '../../instruments.ts';
import { RunError } from '../../run-error.ts';
import { askApi, unexpected } from './own-writes.ts';
import type { OwnWrites } from './own-writes.ts';

const addedShape = z.object({ addressId: z.number() });
const listShape = z.object({ addresses: z.array(addedShape) });
const ADDRESS = { address: '1 Probe Street' };

/** Customers add an address to their address book, look at the book, and take the address out of it again. */
export async function addressesOf({ stack }: ProbeSite): Promise<OwnWrites> {
  const tokens = await tokensIn(stack.feeds_dir);
  const url = `${stack.base_url}/api/v1/addresses`;
  const headers = (person: number): Record<string, string> => ({
    authorization: `Bearer ${tokens[person % tokens.length]}`,
    'content-type': 'application/json',
  });
  return {
    async write(person) {
      const added = await askApi(url, { method: 'POST', headers: headers(person), body: JSON.stringify(ADDRESS) });
      if (added.status !== 201) throw unexpected(added, 'a new address');
      return String(addedShape.parse(await added.json()).addressId);
    },
    async sees(person, id) {
      const book = await askApi(url, { headers: headers(person) });
      if (book.status !== 200) throw unexpected(book, 'an address book');
      return listShape.parse(await book.json()).addresses.some(({ addressId }) => String(addressId) === id);
    },
    async remove(person, id) {
      // What cannot be removed now is in a book that has room for some more; a book that is full says so at the next write.
      const gone = await askApi(`${url}/${id}`, { method: 'DELETE', headers: headers(person) }).catch(() => undefined);
      await gone?.arrayBuffer();
    },
  };
}

async function tokensIn(folder: string): Promise<string[]> {
  const [head = '', ...rows] = (await readFile(join(folder, 'users.tsv'), 'utf8')).trim().split('\n');
  const column = head.split('\t').indexOf('token');
  const tokens = rows.map((row) => row.split('\t')[column] ?? '').filter((token) => token !== '');
  if (tokens.length === 0) throw new RunError('the stack has no customers', 'start it with `--users 100`');
  return tokens;
}
