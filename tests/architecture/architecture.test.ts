import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ARROWS, importsOf, readSource, violations } from './arrows.ts';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !file.endsWith('.test.ts') && !file.includes('/testing/'));

describe('the layout', () => {
  it('has only imports along the arrows, and a core without I/O, clock or randomness', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => violations(file, readSource(file)))).toEqual([]);
  });

  it('has a rule for each of its folders', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));
    const free = ['tests', 'bench'];
    expect([...rooms].filter((room) => room !== undefined && !free.includes(room) && !(room in ARROWS))).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it.each([
    ['model/a/b.ts', `import { x } from '../../infra/backend.ts';`, 'model/ may not import infra/'],
    ['model/a.ts', `import { readFileSync } from 'node:fs';`, 'node:fs'],
    ['model/a.ts', `import pg from 'pg';`, 'the package pg'],
    ['model/a.ts', `const now = Date.now();`, 'Date.now'],
    ['model/a.ts', `const r = Math.random();`, 'Math.random'],
    ['engines/a.ts', `import type { Stack } from '../infra/backend.ts';`, 'engines/ may not import infra/'],
    ['reports/a.ts', `export { x } from '../harness/verify.ts';`, 'reports/ may not import harness/'],
    ['infra/a.ts', `const m = await import('../engines/index.ts');`, 'infra/ may not import engines/'],
    ['reference-app/a.ts', `import '../model/plan/plan.ts';`, 'reference-app/ may not import model/'],
  ])('find a wrong line in %s', (file, text, message) => {
    expect(violations(file, text).join()).toContain(message);
  });

  it.each([
    ['model/a/b.ts', `import { x } from '../c.ts';\nimport { parse } from 'yaml';\n// Date.now() is not allowed here`],
    ['harness/a.ts', `import { x } from '../infra/backend.ts';\nimport { readFile } from 'node:fs/promises';`],
    ['cli/a.ts', `const { x } = await import('../reports/table.ts');`],
  ])('let a right %s pass', (file, text) => expect(violations(file, text)).toEqual([]));

  it('see imports over several lines', () => {
    expect(importsOf(`import {\n  a,\n  b,\n} from './x.ts';\nexport * from './y.ts';`)).toEqual(['./x.ts', './y.ts']);
  });
});
