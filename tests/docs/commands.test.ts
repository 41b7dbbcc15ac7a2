import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../cli/exit-code.ts';
import { shopPlan } from '../cli/shop-plan.ts';
import { commandLines, documents } from './command-lines.ts';
import type { CommandLine } from './command-lines.ts';
import { parcelsPlan } from './first-plan.ts';
import { commandNames, whatIsWrong } from './held-command.ts';

// Every command line of the documentation: executed where it needs Node alone, else held to what there is. Examples with their output are
// executed by examples.test.ts, those that are refused by errors.test.ts.
// Changelog and decisions tell of what was.
const all = documents()
  .filter((file) => file !== 'CHANGELOG.md' && !file.startsWith('docs/adr/'))
  .flatMap((file) => commandLines(file, commandNames()));
const ours = all.filter(({ program }) => program === 'shop-plan');

/** Commands that need no servers and are done in a moment; simulations take longer, and examples.test.ts has some. */
const QUICK = [
  'estimate',
  'explain',
  'audit',
  'cost',
  'diff',
  'sweep',
  'solve',
  'growth',
  'autoscale',
  'init',
  'schema',
  'scenarios',
  'walk',
];
/** Whether a line is carried out: whole, quick, and not about something that only its reader has. */
function isExecuted({ file, words, kind }: CommandLine): boolean {
  const [command = ''] = words;
  const isQuick = QUICK.includes(command) || words.includes('--computed-only') || words.includes('--dry-run');
  return (
    kind === 'fence' &&
    file !== 'docs/errors.md' &&
    isQuick &&
    !words.some((word) => /^(?:<.*|machine|--try)$/.test(word))
  );
}

/** What documents tell their readers to write down before they call a command. */
const FILES: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  'docs/first-plan.md': () => ({ 'parcels.yaml': parcelsPlan(4) }),
};

const where = ({ file, line, text }: CommandLine): string => `${file}:${line}: ${text}`;

describe('commands in the documentation', () => {
  it('are there', () => expect(ours.length).toBeGreaterThan(100));

  it('name commands, options, plans, scenarios, steps and quantities that exist', async () => {
    const wrong = await Promise.all(
      ours.map(async (each) => {
        const problem = await whatIsWrong(each.words, each.kind === 'sentence');
        return problem === undefined ? [] : [`${where(each)}: ${problem}`];
      }),
    );
    expect(wrong.flat()).toEqual([]);
  });

  const executed = ours.filter(isExecuted);
  const folders = [...new Set(executed.map(({ file }) => file))].map((file) => ({
    file,
    folder: mkdtempSync(join(tmpdir(), 'shop-plan-docs-')),
    lines: executed.filter((each) => each.file === file),
  }));
  afterAll(() => folders.forEach(({ folder }) => rmSync(folder, { recursive: true })));

  it.concurrent.each(folders)('of $file run as they stand there', async ({ file, folder, lines }) => {
    for (const [name, text] of Object.entries(FILES[file]?.() ?? {})) writeFileSync(join(folder, name), text);
    for (const each of lines) {
      const { code, stderr } = await shopPlan(each.words, { SHOP_PLAN_HOME: folder, XDG_STATE_HOME: folder }, folder);
      expect(`${where(each)} ends with ${code} ${code === each.code ? '' : stderr}`).toBe(
        `${where(each)} ends with ${each.code} `,
      );
    }
  });
});

/** What other programs are called with: a pattern, and what has to be there for what it holds. */
const OTHERS: readonly (readonly [RegExp, (name: string) => boolean])[] = [
  [/^git clone <this repository> shop-plan$/, () => true],
  [/^cd (shop-plan)$/, () => true],
  [/^npm (start|test|ci|pack)$/, (name) => ['ci', 'pack'].includes(name) || scripts().includes(name)],
  [/^npm run ([\w:-]+)(?: -- .*)?$/, (name) => scripts().includes(name)],
  [/^npm install --save-dev \.\/shop-plan-([\d.]+)\.tgz vitest$/, (version) => packageFile().version === version],
  [
    /^sh infra\/install\.sh(?: (--check|--with-k6|--with-browser))?$/,
    (option = '') => readFileSync('infra/install.sh', 'utf8').includes(option),
  ],
  [/^node (\S+\.ts)\b.*$/, existsSync],
  [/^node -e 0$/, () => true],
  [/^(?:npx )?vitest run (\S+)(?: --update)?$/, existsSync],
  [/^prometheus --config\.file=(\S+)$/, existsSync],
];

interface PackageFile {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
}

function packageFile(): PackageFile {
  return JSON.parse(readFileSync('package.json', 'utf8')) as PackageFile;
}

function scripts(): string[] {
  return Object.keys(packageFile().scripts);
}

describe('calls of other programs', () => {
  it('are those that are known, with files, scripts and options that exist', () => {
    const others = all.filter(({ program }) => program !== 'shop-plan');
    expect(others.length).toBeGreaterThan(10);
    const isKnown = (text: string): boolean =>
      OTHERS.some(([pattern, isThere]) => {
        const match = pattern.exec(text);
        return match !== null && isThere(match[1] ?? '');
      });
    expect(others.filter(({ text }) => !isKnown(text)).map(where)).toEqual([]);
  });
});

describe("the README's tables", () => {
  const readme = readFileSync('README.md', 'utf8');

  it('list every command', () => {
    const [, table = ''] = /## Commands\n([\s\S]*?)\n\n[^|\n]/.exec(readme) ?? [];
    const told = [...table.matchAll(/^\| ([^|]*)\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)[^`]*`/g)].map(([, name]) => name),
    );
    expect(told.toSorted()).toEqual(commandNames().toSorted());
  });

  it('list every exit code', () => {
    const told = [...readme.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
    expect(told).toEqual(Object.values(EXIT));
  });
});
