import { StackError } from '../../backend.ts';
import type { LocalConfig } from '../config.ts';
import { readManifest } from '../manifest.ts';
import type { ManifestProcess } from '../manifest.ts';
import { STACK_ID_MARK, stackEnvironment } from '../marks.ts';
import { readEnvironment, readLinks, readProcFile } from '../proc.ts';
import { stackPaths } from '../stack-paths.ts';

/** All that it takes to start a process of a stack again as it runs now. It holds secrets: it is kept in memory and sent to nobody else. */
export interface Recipe {
  readonly home: string;
  readonly stack: string;
  /** Of this start of the stack. */
  readonly stack_id: string;
  readonly process: ManifestProcess;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Reads how processes of a stack were started, while they still run.
 * @throws StackError for a stack that is not up, and for a process that is gone or that something else starts.
 */
export function recipesOf(config: LocalConfig, name: string, ids: readonly string[]): Recipe[] {
  const manifest = readManifest(stackPaths(config.home, name).manifest);
  if (manifest === null) throw new StackError(`no stack \`${name}\` is up`, 'start one: `shop-plan up`');
  return ids.map((id) => {
    const process = manifest.processes.find((each) => each.id === id);
    if (process?.args === undefined) throw new StackError(`\`${id}\` cannot be started again by itself`);
    const links = readLinks(process.pid);
    const account = accountOf(process.pid);
    if (links === null || account === null) throw new StackError(`\`${id}\` is gone`, 'look at `shop-plan status`');
    const env = environmentOf(config, name, manifest.id, process.pid, links.cwd);
    const place = { home: config.home, stack: name, stack_id: manifest.id, cwd: links.cwd };
    return { ...place, process, args: process.args, env, ...account };
  });
}

/** nginx and the like overwrite theirs with a title; they are given nothing beyond what every process of a stack has. */
function environmentOf(
  config: LocalConfig,
  name: string,
  stack_id: string,
  pid: number,
  cwd: string,
): Record<string, string> {
  const read = readEnvironment(pid);
  if (read?.get(STACK_ID_MARK) === stack_id) return Object.fromEntries(read);
  return stackEnvironment(config, name, stack_id, cwd);
}

/** The effective ids, second of four each (proc(5), status). */
function accountOf(pid: number): { readonly uid: number; readonly gid: number } | null {
  const status = readProcFile(pid, 'status') ?? '';
  const [, uid] = /^Uid:\t\d+\t(\d+)/m.exec(status) ?? [];
  const [, gid] = /^Gid:\t\d+\t(\d+)/m.exec(status) ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}
