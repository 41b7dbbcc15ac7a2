/** Runs `up` or `down` in a process of its own, to be killed. Arguments: action, home, first port, end of ports, topology. */
import { createLocalBackend } from '../local-backend.ts';
import { fixtureApplications, servicesTopology, shopTopology, wholeTopology } from './test-home.ts';

const [action, home = '', first, end, extent] = process.argv.slice(2);
const topologies = { whole: wholeTopology, services: servicesTopology, shop: () => shopTopology(2) };
const topology = topologies[extent === 'whole' || extent === 'services' ? extent : 'shop'];
const backend = createLocalBackend({
  home,
  ports: { first: Number(first), end: Number(end) },
  applications: fixtureApplications(),
});

if (action === 'up' || action === 'up-ephemeral') {
  await backend.up(topology(), {
    name: 'victim',
    seed: 1,
    products: 1,
    users: 1,
    ephemeral: action === 'up-ephemeral',
    onProgress: (message) => process.stdout.write(`${message}\n`),
  });
} else {
  await backend.down('victim');
}
process.stdout.write('done\n');
