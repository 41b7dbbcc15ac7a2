import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a stand-in for the docker command answers, by the words that its arguments begin with (after Compose's own options). */
export type Answers = Readonly<
  Record<string, { readonly code?: number; readonly out?: string; readonly err?: string }>
>;

/** One that has all that is needed. */
export const SOUND: Answers = {
  'compose version': { out: '2.38.2\n' },
  version: { out: '28.2.2\n' },
  'compose up': {},
  'compose ps': {},
  'compose down': {},
};

/** A docker command that answers as it is told and notes its arguments; no test needs an engine. */
export interface FakeDocker {
  readonly path: string;
  /** Lines of arguments, in order. */
  calls(): string[];
}

export function fakeDocker(folder: string, answers: Answers): FakeDocker {
  const path = join(folder, 'docker');
  const log = join(folder, 'docker.log');
  writeFileSync(log, '');
  const cases = Object.entries(answers).map(
    ([words, { code = 0, out = '', err = '' }]) =>
      `  '${words}'*) printf %s '${out}'; printf %s '${err}' >&2; exit ${code} ;;\n`,
  );
  const script = `#!/bin/sh
words=$(printf '%s ' "$@" | sed -E 's/--project-directory [^ ]+ --ansi never //')
echo "$words" >> '${log}'
case "$words" in
${cases.join('')}  *) echo "unexpected: $words" >&2; exit 99 ;;
esac
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return {
    path,
    calls: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
  };
}
