import type { Express } from 'express';
import { authenticate } from '../auth/authenticate.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { jsonBody } from '../http/json-body.ts';
import { idText, read } from '../http/validation.ts';
import { newAddress } from './address.ts';
import type { AddressBook } from './address-book.ts';

/** GET and POST /addresses, DELETE /addresses/:id. A user meets only addresses of their own. */
export function addAddressRoutes(app: Express, deps: { addresses: AddressBook; tokens: TokenVerifier }): void {
  const { addresses, tokens } = deps;

  app.get('/api/v1/addresses', async (req, res) => {
    const userId = authenticate(req, tokens);
    answerJson(res, 200, `{"addresses":${await addresses.list(userId)}}`);
  });

  app.post('/api/v1/addresses', jsonBody, async (req, res) => {
    const userId = authenticate(req, tokens);
    const { address, label } = read(newAddress, req.body, 'body');
    answerJson(res, 201, await addresses.add(userId, address, label ?? null));
  });

  app.delete('/api/v1/addresses/:id', async (req, res) => {
    const userId = authenticate(req, tokens);
    await addresses.remove(userId, read(idText, req.params.id, 'path'));
    answerEmpty(res, 204);
  });
}
