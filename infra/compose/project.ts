import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import type { Tier, Topology } from '../../model/topology/topology.ts';
import { applicationOf, entryOf } from '../local/applications.ts';
import type { LocalConfig } from '../local/config.ts';
import { dependenciesOf } from '../local/dependencies.ts';
import { replicatedBy } from '../local/tiers/replication/replication-plan.ts';
import { isCluster } from '../local/tiers/redis-nodes.ts';
import { assertPrograms, validateTopology } from '../local/validate-topology.ts';
import type { ComposeFile, ComposeService, Part } from './compose-file.ts';
import { after, NETWORKS } from './container.ts';
import { DOCKERFILES } from './images.ts';
import { partsOf } from './parts.ts';
import type { Programs } from './parts.ts';
import { databaseServers } from './databases.ts';
import { instancesOf } from './relations.ts';
import { clusterTask } from './services/redis.ts';
import { seededAs, seedTask } from './services/seed.ts';
import type { Rows } from './services/seed.ts';

/** A Compose project as data: what `compose.yaml` holds, and the files that it needs beside it. */
export interface Project {
  readonly compose: ComposeFile;
  /** Text by path, without `compose.yaml`, `.env` and the application's sources. */
  readonly files: Readonly<Record<string, string>>;
}

/** The folder that the application lies in, beside its list of packages: the checkout, or `dist/` of the published package. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The project that runs a topology. Throws a `StackError` for one that cannot be composed. */
export function composeProject(topology: Topology, rows: Rows, config: LocalConfig): Project {
  // What an application cannot do at all comes before what is wrong with its tiers.
  assertPrograms(topology, config);
  validateTopology(topology);
  const programs = programsOf(topology, config);
  const parts = topology.tiers.flatMap((tier) =>
    partsOf(tier, topology, programs, rows).map((part) => withDependencies(part, tier, topology)),
  );
  const volumes = [...new Set(parts.flatMap((part) => part.volumes ?? []))];
  const compose = {
    services: Object.assign({}, ...parts.map((part) => part.services)),
    networks: NETWORKS,
    volumes: Object.fromEntries(volumes.map((name) => [name, null])),
  };
  const images = new Set(Object.values<ComposeService>(compose.services).map(({ build }) => build?.context));
  const dockerfiles = Object.entries(DOCKERFILES).filter(([path]) =>
    images.has(`./${path.replace(/\/Dockerfile$/, '')}`),
  );
  return { compose, files: Object.assign(Object.fromEntries(dockerfiles), ...parts.map((part) => part.files ?? {})) };
}

/** Quoted strings mean the same in every version of YAML; in some, `off` is none and `1:30` is a number. */
const STYLE = {
  aliasDuplicateObjects: false,
  lineWidth: 0,
  defaultStringType: 'QUOTE_SINGLE',
  defaultKeyType: 'PLAIN',
} as const;

/** The text of `compose.yaml`. */
export function composeText({ plan, step, name }: Topology, { compose }: Project): string {
  const head = `# ${plan}, step ${step}: ${name}. Made by \`shop-plan compose\`; \`.env\` holds its secrets and ports.\n`;
  return `${head}${stringify(compose, STYLE)}`;
}

/** What servers of the application and of what leads to it wait for; databases and brokers say so themselves. */
function withDependencies(part: Part, tier: Tier, topology: Topology): Part {
  if (!['nginx', 'cdn', 'express', 'worker'].includes(tier.kind)) return part;
  const depends_on = Object.assign({}, ...dependenciesOf(tier, topology).map((needed) => readiness(needed, topology)));
  const services = Object.entries(part.services).map(([id, service]) => [id, { ...service, depends_on }]);
  return { ...part, services: Object.fromEntries(services) };
}

/** On what others may rely when they need a tier. */
function readiness(tier: Tier, topology: Topology): NonNullable<ComposeService['depends_on']> {
  if (tier.kind === 'postgres') {
    if (replicatedBy(tier) !== undefined) return {};
    const seeded = seededAs(tier, topology) === undefined ? [] : [seedTask(tier)];
    return {
      ...after(databaseServers(tier, topology), 'service_healthy'),
      ...after(seeded, 'service_completed_successfully'),
    };
  }
  if (isCluster(tier)) return after([clusterTask(tier)], 'service_completed_successfully');
  return after(instancesOf(tier), 'service_healthy');
}

function programsOf(topology: Topology, config: LocalConfig): Programs {
  const application = applicationOf(topology, config);
  const entry = (name: 'worker' | 'thirdParties', kind: Tier['kind']): string | undefined => {
    const tier = topology.tiers.find((each) => each.kind === kind);
    return tier && inImage(entryOf(application, name, tier));
  };
  return {
    app: inImage(application.app),
    seed: inImage(application.seed),
    worker: entry('worker', 'worker'),
    thirdParties: entry('thirdParties', 'external'),
    services: application.services,
  };
}

/** A program's path in the image, where the application lies as it does here. */
function inImage(path: string): string {
  return relative(ROOT, path);
}
