import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { serviceOf } from '../../local/services.ts';
import type { Services } from '../../local/services.ts';
import { memoryOf, nodeOptions } from '../../local/tiers/express.ts';
import {
  expressEnvironment,
  placeEnvironment,
  thirdPartyEnvironment,
  workerEnvironment,
} from '../application-environment.ts';
import type { Part } from '../compose-file.ts';
import { asks, CONFINED, PORTS, server } from '../container.ts';
import { BUILDS, IMAGES } from '../images.ts';
import { instancesOf } from '../relations.ts';

const HEALTH = `fetch('http://127.0.0.1:${PORTS.application}/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;

/** Instances of the application or of one of its services. `entry` is the program's path in the image. */
export function application(tier: Tier, topology: Topology, entry: string, services?: Services): Part {
  const { heap_mb, semi_space_mb } = memoryOf(tier);
  return program(tier, {
    role: serviceOf(tier, services) ?? 'app',
    // Both generations (the young one has three halves), and as much again as was seen outside of them.
    memory_mb: 2 * (heap_mb + 3 * semi_space_mb),
    command: ['node', ...nodeOptions(tier), entry],
    environment: expressEnvironment(tier, topology, services),
    networks: ['front', 'back'],
  });
}

/** Workers, which nobody asks for anything but their health. */
export function worker(tier: Tier, topology: Topology, entry: string, services?: Services): Part {
  return program(tier, {
    role: 'worker',
    memory_mb: 384,
    command: ['node', entry],
    environment: workerEnvironment(tier, topology, services),
    networks: ['front', 'back'],
  });
}

/** A stand-in for a third party. */
export function thirdParty(tier: Tier, topology: Topology, entry: string): Part {
  return program(tier, {
    role: 'third-parties',
    memory_mb: 256,
    command: ['node', entry],
    environment: thirdPartyEnvironment(tier, topology),
    networks: ['front'],
  });
}

interface Program {
  readonly role: string;
  readonly memory_mb: number;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly networks: readonly string[];
}

function program(tier: Tier, { role, memory_mb, command, environment, networks }: Program): Part {
  const services = instancesOf(tier).map((id) => [
    id,
    {
      image: IMAGES.application,
      build: BUILDS.application,
      ...server({ tier, role, memory_mb }),
      ...CONFINED,
      command,
      environment: { ...placeEnvironment(id), ...environment },
      networks,
      healthcheck: asks('node', '-e', HEALTH),
    },
  ]);
  return { services: Object.fromEntries(services) };
}
