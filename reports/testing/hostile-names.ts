import type { Result } from '../result.ts';
import { checkByHand, runByHand } from './result-by-hand.ts';

/** For tests: names that would be more than text to some format. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></details><h1>',
  ']]><!-- -->',
  '&lt;&#60;&amp;',
  '@octocat and @team/all',
  '#1 GH-2 owner/repo#3',
  '[text](https://example.org) ![image](//example.org/x.png)',
  'https://example.org/path www.example.org',
  '| cell | `` `code',
  '``<b>`',
  '**bold** _em_ ~~gone~~',
  '=cmd()',
  '::error title=x::y%0A::set-env',
  'bell \u0007 escape \u001B[31m null \u0000',
  'two\nlines',
];

/** For tests: a result that has a name wherever one can be. */
export function hostileResult(name: string): Result {
  const run = runByHand({
    what: {
      plan: name,
      step: 3,
      scenario: name,
      scale: 1,
      seed: 42,
      executor: 'live',
      engine: name,
      profile: 'machine',
      environment: { [name]: name },
    },
  });
  const check = checkByHand({ ...run, run: name });
  const verdicts = check.gate?.verdicts.map((verdict) => ({ ...verdict, text: name, because: name, help: name })) ?? [];
  return {
    ...check,
    title: name,
    ...(check.gate && { gate: { ...check.gate, gate: name, verdicts } }),
    suspects: [{ tier: name, weight: 1, because: [name] }],
    failures: [{ plan: name, step: 1, scenario: name, because: name }],
  };
}
