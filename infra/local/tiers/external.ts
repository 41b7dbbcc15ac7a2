import type { Tier } from '../../../model/topology/topology.ts';
import { askHttp } from '../probes.ts';
import { startProgram } from './application.ts';
import { yesOrNo } from '../settings.ts';
import { assertSingle } from './single.ts';
import type { TierDriver } from './tier-driver.ts';

/**
 * Third parties: a stand-in for all of them, with their limits, which can be told to be slow or away. The application and
 * its workers are given the address of the topology's first one.
 */
export const external: TierDriver = {
  programs: () => [],
  program: 'thirdParties',
  validate(tier) {
    assertSingle(tier);
    limited(tier);
  },

  async start(tier, site) {
    const program = {
      role: 'third-parties',
      options: [],
      env: {
        NODE_ENV: 'production',
        WEBHOOK_URL: `${site.book.current.base_url}/api/v1/webhooks/payment`,
        WEBHOOK_SECRET: site.secrets.webhook,
        RATE_LIMITS: limited(tier) ? 'on' : 'off',
      },
    };
    await startProgram(tier, 'thirdParties', program, site);
  },

  async ask({ port }) {
    await askHttp(`http://127.0.0.1:${port}/health`);
    return {};
  },
};

/** Whether they refuse calls beyond the documents' limits, which are those of a smaller system than the shop. */
function limited(tier: Tier): boolean {
  return yesOrNo(tier, 'rate_limits', true);
}
