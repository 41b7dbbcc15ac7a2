import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectProblems } from '../../infra/compose/check-project.ts';
import type { ComposeService } from '../../infra/compose/compose-file.ts';
import { composeText } from '../../infra/compose/project.ts';
import type { Project } from '../../infra/compose/project.ts';
import { COMPOSED, projectOf, REFUSED, titleOf, topologyOf } from './projects.ts';
import { specificationProblems } from './specification.ts';

describe.each(COMPOSED.map((topology) => [titleOf(topology), topology] as const))('%s', (_, topology) => {
  const project = projectOf(topology);

  it('keeps to the Compose specification', () => {
    expect(specificationProblems(project.compose)).toEqual([]);
  });

  it('has nothing missing, nothing open, and no secret', () => {
    expect(projectProblems(project, topology)).toEqual([]);
  });

  it.each(['1.1', '1.2'] as const)('says the same in YAML %s', (version) => {
    expect(parse(composeText(topology, project), { version })).toEqual(project.compose);
  });
});

describe.each(Object.entries(REFUSED))('%s', (title, says) => {
  it('is refused', () => {
    expect(() => projectOf(topologyOf(title))).toThrow(says);
  });
});

/** A step with everything: six databases, a gateway, a cluster, a broker, workers, a CDN and an object store. */
const topology = topologyOf('amazon-shop 6');
const sound = projectOf(topology);

function withService(id: string, change: (service: ComposeService) => object): Project {
  const service = sound.compose.services[id];
  if (service === undefined) throw new Error(`there is no service ${id}`);
  const services = { ...sound.compose.services, [id]: { ...service, ...change(service) } };
  return { ...sound, compose: { ...sound.compose, services } };
}

function without(id: string): Project {
  const services = Object.fromEntries(Object.entries(sound.compose.services).filter(([name]) => name !== id));
  return { ...sound, compose: { ...sound.compose, services } };
}

function withEnvironment(id: string, change: Readonly<Record<string, string>>): Project {
  return withService(id, ({ environment }) => ({ environment: { ...environment, ...change } }));
}

describe('the checks', () => {
  const healthy = { condition: 'service_healthy' };
  it.each<[string, Project, string]>([
    ['a dependency that is gone', without('cache-cluster'), 'depends on `cache-cluster`, which is no service'],
    [
      'an instance that is gone',
      without('email-workers-1'),
      'tier `email-workers` lacks its instance `email-workers-1`',
    ],
    [
      'a task that is waited for as if it were a server',
      withService('user-service-1', () => ({ depends_on: { 'user-database-seed': healthy } })),
      '`user-service-1` waits for service_healthy of `user-database-seed`, which ends',
    ],
    [
      'a task that nobody waits for',
      withService('user-service-1', () => ({ depends_on: {} })),
      'nobody waits for `user-database-seed`',
    ],
    ['a file that is not written', { ...sound, files: {} }, 'mounts ./config/gateway/nginx.conf, which is not written'],
    ['an image without its Dockerfile', { ...sound, files: {} }, 'which has no Dockerfile'],
    [
      'a volume that is not declared',
      { ...sound, compose: { ...sound.compose, volumes: {} } },
      'mounts volume `broker-1-data`, which is not declared',
    ],
    [
      'a port for everybody',
      withService('gateway-1', () => ({ ports: ['8080:8080'] })),
      '`gateway-1` publishes 8080:8080, not a port of this machine alone',
    ],
    [
      'a database that is published',
      withService('user-database-1', () => ({ ports: ['127.0.0.1:${ENTRY_PORT:?}:5432'] })),
      '`user-database-1` is published',
    ],
    ['an entry that is not published', withService('gateway-1', () => ({ ports: [] })), '`gateway-1` is not published'],
    ['a secret', withEnvironment('user-service-1', { JWT_SECRET: 'abc' }), 'has a secret in `JWT_SECRET`'],
    [
      'a secret in a URL',
      withEnvironment('user-service-1', { DATABASE_URL: 'postgres://a:abc@user-database-1:5432/a' }),
      'has a secret in `DATABASE_URL`',
    ],
    ['an image of any version', withService('broker-1', () => ({ image: 'rabbitmq' })), 'whose version is not pinned'],
    ['the latest image', withService('broker-1', () => ({ image: 'rabbitmq:latest' })), 'whose version is not pinned'],
    [
      'a host that is not there',
      withEnvironment('order-service-1', { USER_SERVICE_URL: 'http://users:3000' }),
      'is told of `users` in USER_SERVICE_URL, which is no service',
    ],
    [
      'a host in another network',
      withService('user-database-1', () => ({ networks: ['elsewhere'] })),
      '`user-service-1` is told of `user-database-1` in DATABASE_URL, which it cannot reach',
    ],
    [
      'a variable of the shell',
      withService('broker-1', () => ({ command: ['sh', '-c', 'echo $HOME'] })),
      '`broker-1` has a $ that Compose would take for a variable',
    ],
    [
      'a server without a check',
      withService('broker-1', () => ({ healthcheck: undefined })),
      '`broker-1` has no health check',
    ],
  ])('find %s', (_, project, problem) => {
    expect(projectProblems(project, topology).join('\n')).toContain(problem);
  });

  it.each<[string, object]>([
    ['an unknown key', { healthchecks: {} }],
    ['a condition that there is not', { depends_on: { 'broker-1': { condition: 'healthy' } } }],
    ['a duration of ISO 8601', { stop_grace_period: 'PT15S' }],
    ['a port that is none', { ports: ['127.0.0.1:http'] }],
    ['no list of networks', { networks: 'front' }],
  ])('of the specification find %s', (_, change) => {
    expect(specificationProblems(withService('gateway-1', () => change).compose)).not.toEqual([]);
  });
});
