import { expect, test } from 'vitest';
import { ENGINES } from '../index.ts';
import { findK6 } from '../k6/find-k6.ts';
import { measureClaims } from './measure-claims.ts';

const missing: Readonly<Record<string, boolean>> = { k6: findK6() === undefined };

for (const engine of ENGINES.values()) {
  test(`\`${engine.name}\` claims what the trials find, no more and no less`, async (context) => {
    context.skip(
      missing[engine.name] === true,
      `this machine has no ${engine.name}: \`sh infra/install.sh --with-k6\` builds it`,
    );
    const { paces, responseFromIntended, survivesResets } = engine.claims;
    const { claims, problems } = await measureClaims(engine);
    expect({ claims, problems }).toEqual({ claims: { paces, responseFromIntended, survivesResets }, problems });
  });
}
