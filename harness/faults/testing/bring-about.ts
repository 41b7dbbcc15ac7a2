/** Brings faults about that last for a minute, says so, and waits to be killed: HOME NAME FIRST END FAULTS. */
import { localConfig } from '../../../infra/local/config.ts';
import { createLocalBackend } from '../../../infra/local/local-backend.ts';
import { stackStatus } from '../../../infra/local/stack-status.ts';
import { fixtureApplications } from '../../../infra/local/testing/test-home.ts';
import { Timeline } from '../../timeline.ts';
import { Injector } from '../injector.ts';
import { siteFor } from './site-for.ts';

// Without whoever started it there is nobody to kill it.
process.once('disconnect', () => process.exit(1));
const [, , home = '', name = '', first = '', end = '', faults = '[]'] = process.argv;
const ports = { first: Number(first), end: Number(end) };
const config = localConfig({ home, ports, applications: fixtureApplications() });
const status = await stackStatus(config, name, []);
if (!status) throw new Error(`there is no stack ${name}`);
const given = JSON.parse(faults) as { kind: 'crash' | 'hang'; tier: string }[];
const lasting = given.map((fault) => ({ ...fault, until_s: 60 }));
const injector = new Injector(siteFor(status.stack, createLocalBackend(config), lasting), (problem) => {
  process.send?.({ problem });
});
injector.enter(0, 60);
setInterval(() => {
  const seen = injector.observed(new Timeline()).faults.filter(({ observed_at_s }) => observed_at_s !== undefined);
  if (seen.length === lasting.length) process.send?.({ seen: seen.map(({ effect }) => effect) });
}, 50);
