import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shopPlan } from './shop-plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-plan-compose-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (...args: string[]): ReturnType<typeof shopPlan> =>
  shopPlan(args, { SHOP_PLAN_HOME: join(folder, 'home'), PATH: folder }, folder);

describe('up --backend compose', () => {
  it('prints the project and starts nothing with --dry-run', async () => {
    const { code, stdout, stderr } = await inFolder('up', '--backend', 'compose', '--step', '6', '--dry-run');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(parse(stdout)).toHaveProperty('services.gateway-1.image', 'nginx:1.22');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('prints the same as JSON', async () => {
    const { stdout } = await inFolder('up', '--backend', 'compose', '--step', '1', '--dry-run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, compose: { services: { 'database-1': {} } } });
  });

  it('says that there is no docker', async () => {
    const { code, stdout, stderr } = await inFolder('up', '--backend', 'compose', '--step', '1');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('there is no `docker` command');
  });
});

describe('compose', () => {
  it('writes a project whose secrets are in one file alone, and prints none', async () => {
    const { code, stdout } = await inFolder('compose', '--step', '2', '--out', 'shop', '--json');
    expect(code).toBe(0);
    const { files } = JSON.parse(stdout);
    expect(files).toContain('images/application/');
    expect(statSync(join(folder, 'shop/.env')).mode & 0o777).toBe(0o600);
    const secrets = [...readFileSync(join(folder, 'shop/.env'), 'utf8').matchAll(/=(\w{48})$/gm)].map(
      ([, value = '']) => value,
    );
    expect(secrets.length).toBeGreaterThan(3);
    const others = readdirSync(join(folder, 'shop'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== '.env')
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    for (const secret of secrets) expect([stdout, ...others].filter((text) => text.includes(secret))).toEqual([]);
  });

  it('writes over a project only when it is forced, and keeps the secrets', async () => {
    const before = readFileSync(join(folder, 'shop/.env'), 'utf8');
    const refused = await inFolder('compose', '--step', '2', '--out', 'shop');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('a project is in shop already');
    const forced = await inFolder('compose', '--step', '2', '--out', 'shop', '--force');
    expect(forced).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(folder, 'shop/.env'), 'utf8')).toBe(before);
  });

  it.each([
    [['up', '--backend', 'compos'], 2, 'did you mean `compose`?'],
    [['down', '--backend', 'kubernetes'], 2, 'there is no backend `kubernetes`'],
    [['status', '--backend', 'locale'], 2, 'did you mean `local`?'],
    [['logs', '--backend', 'compose'], 2, 'no stack `shop` is up'],
    [['compose'], 2, '--out'],
    [['compose', '--out', join(import.meta.dirname, 'here')], 2, 'is in the source tree'],
    [['compose', '--out', 'shop/compose.yaml/x'], 2, 'it is below a file'],
    [['compose', '--out', 'x', '--plan', 'order-management', '--step', '3'], 3, 'cannot spread its rows'],
  ])('%j is refused', async (args, exit, says) => {
    const { code, stdout, stderr } = await inFolder(...args);
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(stderr).toContain(says);
  });
});
