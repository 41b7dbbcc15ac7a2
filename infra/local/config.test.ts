import { expect, test } from 'vitest';
import { stateHome } from './config.ts';

test.each([
  [{ SHOP_PLAN_HOME: '/srv/plans' }, 0, '/srv/plans'],
  [{}, 0, '/var/lib/shop-plan'],
  [{ SHOP_PLAN_HOME: '' }, 0, '/var/lib/shop-plan'],
  [{ XDG_STATE_HOME: '/home/me/state' }, 1000, '/home/me/state/shop-plan'],
  [{ XDG_STATE_HOME: 'relative' }, 1000, '/home/me/.local/state/shop-plan'],
  [{}, 1000, '/home/me/.local/state/shop-plan'],
])('state with %j for uid %d lies in %s', (env, uid, home) => {
  expect(stateHome(env, uid, '/home/me')).toBe(home);
});
