import { nearest } from '../document/nearest.ts';
import type { Node, Source } from '../document/source.ts';
import { choose, readTime } from '../plan/read-requests.ts';
import { readCount, readPlain } from '../plan/read-scalars.ts';
import type { Instrument, Parameter, Parameters, ProbeInstrument } from './instrument.ts';
import type { ScenarioProbe } from './scenario.ts';

/** Reads a list of names of instruments, such as `checks: [writes]`. */
export function readInstruments(
  source: Source,
  node: Node,
  kind: 'watch' | 'check',
  known: ReadonlyMap<string, Instrument>,
): string[] {
  if (node === undefined) return [];
  return source.items(node, kind === 'watch' ? '`watch`' : '`checks`').flatMap((item) => {
    const name = source.text_of(item, `a ${kind}`);
    return name !== undefined && isKnown(source, item, name, { kind, known }) ? [name] : [];
  });
}

/** Reads the probe that drives a phase, with its parameters. */
export function readProbe(
  source: Source,
  probe: Node,
  given: Node,
  known: ReadonlyMap<string, ProbeInstrument>,
): ScenarioProbe | undefined {
  const name = source.text_of(probe, '`probe`');
  if (name === undefined || !isKnown(source, probe, name, { kind: 'probe', known })) return undefined;
  const specs = known.get(name)?.parameters ?? {};
  const fields = given === undefined ? {} : source.fields(given, `\`with\` of \`${name}\``, Object.keys(specs), []);
  const parameters: Record<string, number | string> = {};
  for (const [key, spec] of Object.entries(specs)) {
    const value = fields[key] === undefined ? spec.otherwise : readParameter(source, fields[key], key, spec);
    if (value !== undefined) parameters[key] = value;
    else if (fields[key] === undefined) {
      source.report('MISSING_KEY', given ?? probe, `\`${name}\` needs \`${key}\``, {
        help: `add it to \`with\`: ${spec.about}`,
      });
    }
  }
  return { name, parameters: parameters satisfies Parameters };
}

interface Kind {
  readonly kind: 'probe' | 'watch' | 'check';
  readonly known: ReadonlyMap<string, Instrument>;
}

function isKnown(source: Source, node: Node, name: string, { kind, known }: Kind): boolean {
  if (known.has(name)) return true;
  const near = nearest(name, known.keys());
  const help = near ? `did you mean \`${near}\`?` : `there are ${[...known.keys()].join(', ') || 'none'}`;
  source.report('UNKNOWN_NAME', node, `no ${kind} is called \`${name}\``, { help });
  return false;
}

function readParameter(source: Source, node: Node, key: string, spec: Parameter): number | string | undefined {
  switch (spec.kind) {
    case 'count':
      return readCount(source, node, `\`${key}\``);
    case 'time':
      return readTime(source, node, `\`${key}\``);
    case 'share':
      return readPlain(source, node, `\`${key}\``);
    case 'word':
      return choose(source, node, `\`${key}\``, spec.among);
  }
}
