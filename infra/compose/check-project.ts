import { posix } from 'node:path';
import type { Topology } from '../../model/topology/topology.ts';
import type { ComposeService } from './compose-file.ts';
import type { Project } from './project.ts';
import { instancesOf } from './relations.ts';

/** Folders that are made when a project is written. */
const WRITTEN_FOLDERS = ['feeds'];
const SECRET_NAME = /(PASSWORD|SECRET|COOKIE|REDISCLI_AUTH)/;
const REFERENCE = /^\$\{[A-Z][A-Z0-9_]*:\?\}$/;
/** Neither a reference to a variable nor doubled, which stands for itself. */
const STRAY_DOLLAR = /(?<!\$)(\$\$)*\$(?!\$|\{[A-Z][A-Z0-9_]*:\?\})/;
/** Servers that others reach, but no client outside. */
const LOOPBACK_PORT = /^127\.0\.0\.1:\$\{(ENTRY_PORT|CDN_PORT):\?\}:\d+$/;

/** Everything that is wrong with a project; empty when nothing is. The Compose specification is not among it. */
export function projectProblems(project: Project, topology: Topology): string[] {
  const { services } = project.compose;
  return [
    ...Object.entries(services).flatMap(([id, service]) => serviceProblems(id, service, project)),
    ...missingInstances(project, topology),
    ...entryProblems(project, topology),
    ...unawaitedTasks(project),
  ];
}

function serviceProblems(id: string, service: ComposeService, project: Project): string[] {
  const problems = [
    ...dependencyProblems(service, project),
    ...mountProblems(service, project),
    ...secretProblems(service),
    ...(STRAY_DOLLAR.test(JSON.stringify(service)) ? ['has a $ that Compose would take for a variable'] : []),
    ...hostProblems(service, project),
    ...(service.ports ?? [])
      .filter((port) => !LOOPBACK_PORT.test(port))
      .map((port) => `publishes ${port}, not a port of this machine alone`),
    ...(isPinned(service.image) ? [] : [`runs \`${service.image}\`, whose version is not pinned`]),
    ...(service.restart === 'no' || service.healthcheck ? [] : ['has no health check']),
    ...(service.build && !(`${posix.normalize(service.build.context)}/Dockerfile` in project.files)
      ? [`is built from ${service.build.context}, which has no Dockerfile`]
      : []),
  ];
  return problems.map((problem) => `\`${id}\` ${problem}`);
}

function dependencyProblems({ depends_on = {} }: ComposeService, { compose }: Project): string[] {
  return Object.entries(depends_on).flatMap(([other, { condition }]) => {
    const found = compose.services[other];
    if (found === undefined) return [`depends on \`${other}\`, which is no service`];
    const isTask = found.restart === 'no';
    if (isTask === (condition === 'service_completed_successfully')) return [];
    return [`waits for ${condition} of \`${other}\`, which ${isTask ? 'ends' : 'does not end'}`];
  });
}

function mountProblems({ volumes = [] }: ComposeService, { compose, files }: Project): string[] {
  return volumes.flatMap((volume) => {
    const [source = ''] = volume.split(':');
    const path = posix.normalize(source);
    if (!source.startsWith('.'))
      return source in compose.volumes ? [] : [`mounts volume \`${source}\`, which is not declared`];
    const isThere = Object.keys(files).some((file) => file === path || file.startsWith(`${path}/`));
    return isThere || WRITTEN_FOLDERS.includes(path) ? [] : [`mounts ${source}, which is not written`];
  });
}

/** Values of secrets are references to variables, also as parts of URLs. */
function secretProblems({ environment = {}, command = [] }: ComposeService): string[] {
  const named = Object.entries(environment)
    .filter(([name, value]) => SECRET_NAME.test(name) && !name.endsWith('_URL') && !REFERENCE.test(value))
    .map(([name]) => `has a secret in \`${name}\``);
  const urls = [...Object.entries(environment), ...command.map((text) => ['command', text] as const)].flatMap(
    ([name, text]) =>
      [...text.matchAll(/:\/\/[^@/\s]*?:([^@/\s]+)@/g)]
        .filter(([, password = '']) => !REFERENCE.test(password))
        .map(() => `has a secret in \`${name}\``),
  );
  return [...named, ...urls];
}

/** Every URL of the environment names a service that is there, in a network that both are in. */
function hostProblems({ environment = {}, networks }: ComposeService, { compose }: Project): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    [...value.matchAll(/:\/\/(?:[^@/,]*@)?([^:/,]+)(?=[:/,]|$)/g)].flatMap(([, host = '']) => {
      if (host === '127.0.0.1') return [];
      const found = compose.services[host];
      if (found === undefined) return [`is told of \`${host}\` in ${name}, which is no service`];
      const meets = found.networks.some((network) => networks.includes(network));
      return meets ? [] : [`is told of \`${host}\` in ${name}, which it cannot reach`];
    }),
  );
}

function isPinned(image: string): boolean {
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return tag !== undefined && tag !== 'latest';
}

function missingInstances({ compose }: Project, { tiers }: Topology): string[] {
  return tiers.flatMap((tier) =>
    instancesOf(tier)
      .filter((id) => compose.services[id]?.labels['shop-plan.tier'] !== tier.id)
      .map((id) => `tier \`${tier.id}\` lacks its instance \`${id}\``),
  );
}

function entryProblems({ compose }: Project, { entry, tiers }: Topology): string[] {
  const open = [entry, ...tiers.filter(({ kind }) => kind === 'cdn').map(({ id }) => id)].map((id) => `${id}-1`);
  const published = Object.entries(compose.services).filter(([, { ports = [] }]) => ports.length > 0);
  return [
    ...open.filter((id) => !published.some(([name]) => name === id)).map((id) => `\`${id}\` is not published`),
    ...published.filter(([id]) => !open.includes(id)).map(([id]) => `\`${id}\` is published`),
  ];
}

/** `up --wait` takes the end of a task that nobody waits for, for a failure. */
function unawaitedTasks({ compose }: Project): string[] {
  const awaited = new Set(Object.values(compose.services).flatMap(({ depends_on = {} }) => Object.keys(depends_on)));
  return Object.entries(compose.services)
    .filter(([id, { restart }]) => restart === 'no' && !awaited.has(id))
    .map(([id]) => `nobody waits for \`${id}\``);
}
