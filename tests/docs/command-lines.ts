import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A command line in the documentation. */
export interface CommandLine {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** As it stands there, without its comment. */
  readonly text: string;
  /** In a fence of shell lines, behind `$ ` above what it prints, or in a sentence, where it may be a part of one: `report --json`. */
  readonly kind: 'fence' | 'example' | 'sentence';
  /** What is called: `shop-plan`, `npm`, `git`, … */
  readonly program: string;
  /** What it is called with, without quotes and without where the output goes. */
  readonly words: readonly string[];
  /** What it ends with, as its comment says; else 0. */
  readonly code: number;
}

/** Every Markdown file of the project. */
export function documents(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => file !== '');
}

interface Line {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** The language of the fence around it; undefined outside of fences. */
  readonly fence: string | undefined;
}

/** The lines of a file, each with the fence that it stands in; fences themselves are left out. */
export function linesOf(file: string): Line[] {
  let fence: string | undefined;
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, index): Line[] => {
      const [, language] = /^\s*```(\w*)/.exec(text) ?? [];
      if (language === undefined) return [{ file, line: index + 1, text, fence }];
      fence = fence === undefined ? language : undefined;
      return [];
    });
}

/** Every command line of a document. In sentences our commands may stand without `shop-plan`: they begin with one of `commands`. */
export function commandLines(file: string, commands: readonly string[]): CommandLine[] {
  return linesOf(file).flatMap((line): CommandLine[] => {
    if (line.fence === 'sh' || line.fence === 'bash') return commandsIn(line, 'fence', line.text);
    if (line.fence !== undefined)
      return line.text.startsWith('$ ') ? commandsIn(line, 'example', line.text.slice(2)) : [];
    const quoted = [...line.text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
    return quoted.flatMap((code) => {
      const isBare = new RegExp(`^(?:${commands.join('|')}) [\\w<.-]`).test(code);
      return isBare || CALL.test(code) ? commandsIn(line, 'sentence', isBare ? `shop-plan ${code}` : code) : [];
    });
  });
}

/** Code in a sentence that calls something. */
const CALL = /^(?:npx|shop-plan|node|npm|sh|vitest) [\w<.-]/;

/** The command lines of one line, of which `&&` may part several. */
function commandsIn({ file, line }: Line, kind: CommandLine['kind'], text: string): CommandLine[] {
  const [command = '', comment = ''] = text.split(/(?:^|\s)#\s(.*)/);
  const code = Number(/ends with (\d+)/.exec(comment)?.[1] ?? 0);
  const parts = command.split(/\s+&&\s+/).map((part) => part.trim());
  return parts.filter((part) => part !== '').map((part) => ({ file, line, text: part, kind, ...calledIn(part), code }));
}

function calledIn(part: string): Pick<CommandLine, 'program' | 'words'> {
  const [program = '', ...words] = wordsOf(part.replace(/^npx /, '').replace(/\s>\s*\S+$/, ''));
  if (program === 'node' && words[0] === 'cli/shop-plan.js') return { program: 'shop-plan', words: words.slice(1) };
  return { program, words };
}

/** The words of a command line, without the quotes around them. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}
