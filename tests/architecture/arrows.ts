import { readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/** What each folder may import from the others, and why. The whole layout in one table. */
export const ARROWS: Readonly<Record<string, { readonly may: readonly string[]; readonly because: string }>> = {
  model: { may: [], because: 'the core runs anywhere, also in a browser' },
  engines: { may: ['model'], because: 'an engine drives and reports; it knows no stack and no judge' },
  'reference-app': { may: [], because: 'the system under test runs alone' },
  infra: { may: ['model'], because: 'a provisioner reads the topology and nothing else' },
  harness: { may: ['model', 'engines', 'infra'], because: 'it brings load and stack together' },
  reports: { may: ['model'], because: 'a report turns data into text, wherever the data came from' },
  lessons: { may: [], because: 'lessons are data' },
  api: {
    may: ['model', 'engines', 'infra', 'harness', 'reports'],
    because: 'it is what other programs may use of all that, without a terminal',
  },
  cli: {
    may: ['api', 'model', 'engines', 'infra', 'harness', 'reports', 'lessons'],
    because: 'it puts everything together',
  },
};

/** Packages that the core may use: pure, and they run in a browser. */
const PURE_PACKAGES = ['yaml', 'hdr-histogram-js'];
/** What would make the core impure: clocks, randomness, the environment, output. */
const IMPURE =
  /\b(?:Date\.now|new Date|Date\(|performance\.|Math\.random|process\.|globalThis\.|console\.|setTimeout|setInterval|setImmediate|fetch\()/;

/** Every way in which a source file breaks the layout, one line each; empty when it keeps it. */
export function violations(file: string, text: string): string[] {
  const room = file.split('/')[0] ?? '';
  const rule = ARROWS[room];
  if (!rule) return [];
  const found = importsOf(text).flatMap((target) => wrongImport(file, room, target));
  if (room === 'model') found.push(...impurities(file, text));
  return found;
}

export function readSource(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Module names of static imports, re-exports and dynamic imports. */
export function importsOf(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\*(?:\s+as\s+[\w$]+)?\s*|\{[^}]*\}\s*)?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter((name) => name !== undefined));
}

function wrongImport(file: string, room: string, target: string): string[] {
  const rule = ARROWS[room];
  if (!rule) return [];
  if (target.startsWith('.')) {
    const other = normalize(join(dirname(file), target)).split(sep)[0] ?? '';
    if (other === room || rule.may.includes(other)) return [];
    return [`${file} imports ${target}: ${room}/ may not import ${other}/, because ${rule.because}`];
  }
  if (room !== 'model') return [];
  if (target.startsWith('node:')) return [`${file} imports ${target}: ${rule.because}`];
  const known = PURE_PACKAGES.some((name) => target === name || target.startsWith(`${name}/`));
  return known ? [] : [`${file} imports the package ${target}: model/ uses ${PURE_PACKAGES.join(' and ')} alone`];
}

function impurities(file: string, text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '');
  const match = IMPURE.exec(code);
  return match ? [`${file} uses ${match[0]}: model/ has no clock, no randomness and no I/O; pass the value in`] : [];
}
