import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { StackError } from '../backend.ts';
import type { Stack } from '../backend.ts';
import { TIER_KINDS } from '../../model/topology/topology.ts';
import { hasCode } from './error-code.ts';

/** What is on disk about a stack that may have processes. It exists from before the first of them until after the last. */
export type Manifest = z.infer<typeof manifestShape>;
export type ManifestDeployment = z.infer<typeof deploymentShape>;
export type ManifestProcess = z.infer<typeof processShape>;

const settingShape = z.union([z.string(), z.number(), z.boolean()]);

const tierShape = z.object({
  id: z.string(),
  kind: z.enum(TIER_KINDS),
  instances: z.number(),
  calls: z.array(z.string()).readonly(),
  settings: z.record(z.string(), settingShape),
});

const topologyShape = z.object({
  plan: z.string(),
  step: z.number(),
  application: z.string().exactOptional(),
  name: z.string(),
  entry: z.string(),
  tiers: z.array(tierShape).readonly(),
  links: z
    .array(z.object({ from: z.string(), to: z.string() }))
    .readonly()
    .exactOptional(),
});

const identityShape = z.object({ pid: z.int().positive(), start_ticks: z.int().nonnegative() });

const processShape = identityShape.extend({
  id: z.string(),
  tier: z.string(),
  role: z.string(),
  port: z.int().nonnegative(),
  executable: z.string(),
  /** What it was started with, without secrets; absent for what something else starts. */
  args: z.array(z.string()).readonly().exactOptional(),
  /** The account it runs as. */
  user: z.string(),
  log: z.string(),
  metrics_url: z.string().exactOptional(),
  /** Where the pid of its present successor is written, when something else restarts it. */
  pid_file: z.string().exactOptional(),
  /** Processes of the same name are ended at the same time, in reverse order of their first; by default a tier's are. */
  ends_with: z.string().exactOptional(),
  /** How it is ended. */
  stop: z.array(z.object({ signal: z.enum(['SIGTERM', 'SIGINT', 'SIGQUIT']), wait_ms: z.number() })),
});

/** New instances of a tier beside the old ones, from before the first of them is started until one of both are gone. */
const deploymentShape = z.object({
  tier: z.string(),
  /** Of the new instances. */
  colour: z.enum(['blue', 'green']),
  /** `kept` when they did well after the switch. Before, whoever finds this takes them away again. */
  state: z.enum(['trying', 'kept']),
  settings: z.record(z.string(), settingShape),
});

const manifestShape = z.object({
  formatVersion: z.literal(1),
  name: z.string(),
  /** Of this start of the stack; a later one gets another. */
  id: z.string(),
  /** Start ticks mean nothing after another boot. */
  boot_id: z.string(),
  state: z.enum(['starting', 'ready', 'stopping']),
  /** Who started it. A stack outlives its starter once it is ready, unless it is ephemeral. */
  starter: identityShape,
  ephemeral: z.boolean().exactOptional(),
  topology: topologyShape,
  rows: z.object({ seed: z.number(), products: z.number(), users: z.number() }),
  base_url: z.string(),
  images_url: z.string().exactOptional(),
  feeds_dir: z.string(),
  /** The block of ports that is taken: [first, first + count). */
  ports: z.object({ first: z.int(), count: z.int() }),
  processes: z.array(processShape),
  deployment: deploymentShape.optional(),
});

/** Null when there is none. Throws a `StackError` when there is one that cannot be understood. */
export function readManifest(file: string): Manifest | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  const parsed = manifestShape.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new StackError(`${file} is damaged`, '`shop-plan doctor` ends what is left of the stack and removes the file');
}

/** The stack as others see it. */
export function stackOf(manifest: Manifest): Stack {
  return {
    name: manifest.name,
    plan: manifest.topology.plan,
    step: manifest.topology.step,
    base_url: manifest.base_url,
    ...(manifest.images_url === undefined ? {} : { images_url: manifest.images_url }),
    feeds_dir: manifest.feeds_dir,
    topology: manifest.topology,
    processes: manifest.processes.map(
      ({ user: _user, args: _args, stop: _stop, pid_file: _pid, ends_with: _end, ...process }) => process,
    ),
  };
}

/**
 * The manifest of a stack while its lock is held. Every change is on disk when the call returns: written beside and
 * renamed, so that a reader and a crash see the old one or the new one.
 */
export class ManifestBook {
  readonly file: string;
  #current: Manifest;

  constructor(file: string, first: Manifest) {
    this.file = file;
    this.#current = first;
    this.#write();
  }

  get current(): Manifest {
    return this.#current;
  }

  update(change: Partial<Manifest>): void {
    this.#current = { ...this.#current, ...change };
    this.#write();
  }

  /** One that is started again takes the place of what it was: the order of the start is that of the end, reversed. */
  addProcess(process: ManifestProcess): void {
    const { processes } = this.#current;
    const known = processes.some(({ id }) => id === process.id);
    const replaced = processes.map((each) => (each.id === process.id ? process : each));
    this.update({ processes: known ? replaced : [...processes, process] });
  }

  /** Only for a process that is known to have ended. */
  removeProcess(pid: number): void {
    this.update({ processes: this.#current.processes.filter((process) => process.pid !== pid) });
  }

  #write(): void {
    const beside = `${this.file}.new`;
    writeFileSync(beside, `${JSON.stringify(this.#current, null, 2)}\n`, { mode: 0o600 });
    renameSync(beside, this.file);
  }
}

/** Forgets a stack, when nothing of it is left. */
export function removeManifest(file: string): void {
  rmSync(file, { force: true });
  rmSync(`${file}.new`, { force: true });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not JSON at all: the caller reports it like any other damage.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
