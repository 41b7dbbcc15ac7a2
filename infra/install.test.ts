import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('install.sh', import.meta.url));
const tools = 'sh dirname id cat cmp cp mv rm rmdir mkdir chmod touch sed env echo script'.split(' ');
const ALL = 'postgresql redis-server nginx haproxy patroni etcd-server rabbitmq-server';

let machine: string;
let project: string;

/** A machine of its own: a system root, a PATH with a few tools and fakes, and a project with node modules. */
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'install-'));
  project = join(machine, 'project');
  for (const folder of ['bin', 'usr/sbin', 'etc', 'project/infra'])
    mkdirSync(join(machine, folder), { recursive: true });
  for (const tool of tools) symlinkSync(`/usr/bin/${tool}`, join(machine, 'bin', tool));
  copyFileSync(script, join(project, 'infra/install.sh'));
  write('project/package-lock.json', '{}');
  write('project/node_modules/.package-lock.json', '{}');
  write('project/node_modules/.bin/node', '#!/bin/sh\n');
  fake('systemctl', 'echo "systemctl $*" >>"$M/calls"');
  fake(
    'apt-get',
    `echo "apt-get $*" >>"$M/calls"
     [ "$1" = install ] || exit 0
     cat "$M/usr/sbin/policy-rc.d" >"$M/policy-seen"
     cat "$M/etc/postgresql-common/createcluster.d/shop-plan.conf" >"$M/cluster-seen" 2>/dev/null
     [ -e "$M/apt-fails" ] && exit 100
     case $* in *nginx*) echo >"$M/usr/sbin/nginx"; chmod +x "$M/usr/sbin/nginx" ;; esac
     case $* in *redis-server*) echo >"$M/bin/redis-server"; chmod +x "$M/bin/redis-server" ;; esac
     for p in haproxy patroni etcd chromium; do
       case $* in *$p*) echo >"$M/bin/$p"; chmod +x "$M/bin/$p" ;; esac
     done
     case $* in *rabbitmq-server*)
       mkdir -p "$M/usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin" "$M/etc/systemd/system/sockets.target.wants"
       for p in bin/erl bin/epmd usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin/rabbitmq-server; do
         echo >"$M/$p"; chmod +x "$M/$p"
       done
       echo >"$M/etc/systemd/system/sockets.target.wants/epmd.socket" ;;
     esac
     for service in nginx redis-server; do
       case $* in *$service*) mkdir -p "$M/etc/rc3.d"; echo >"$M/etc/rc3.d/S01$service" ;; esac
     done
     case $* in *postgresql*)
       mkdir -p "$M/usr/lib/postgresql/15/bin"
       for p in postgres initdb; do echo >"$M/usr/lib/postgresql/15/bin/$p"; chmod +x "$M/usr/lib/postgresql/15/bin/$p"; done ;;
     esac`,
  );
});

afterEach(() => rmSync(machine, { recursive: true, force: true }));

test('says nothing and changes nothing when nothing is missing', () => {
  installServers();
  const { status, stdout, stderr } = run();
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(calls()).toEqual([]);
});

test('installs what is missing, unasked without a terminal, and restores the start-up policy', () => {
  write('usr/sbin/policy-rc.d', '#!/bin/sh\n# of the user\n');
  const { status, stderr } = run();
  expect(stderr).toContain(`apt-get install --no-install-recommends ${ALL}`);
  expect(status).toBe(0);
  expect(calls()[0]).toBe('apt-get update -qq');
  expect(calls()[1]).toMatch(new RegExp(`^apt-get install .*--no-install-recommends ${ALL}$`));
  expect(read('policy-seen')).toContain('exit 101');
  expect(read('cluster-seen')).toContain('create_main_cluster = false');
  expect(read('usr/sbin/policy-rc.d')).toContain('of the user');
  expectNothingLeft();
  expect(run().stderr).toBe('');
});

test('keeps new services from the next boot, and leaves those alone that were there', () => {
  write('etc/rc3.d/S01nginx', '');
  run();
  expect(calls().filter((call) => call.startsWith('systemctl'))).toEqual([
    'systemctl disable --quiet redis-server',
    'systemctl disable --quiet epmd.socket',
  ]);
});

test('installs only what is missing', () => {
  installServers();
  rmSync(join(machine, 'usr/sbin/nginx'));
  run();
  expect(calls()[1]).toMatch(/--no-install-recommends nginx$/);
  expect(existsSync(join(machine, 'usr/sbin/policy-rc.d'))).toBe(false);
  expectNothingLeft();
});

test('installs a browser when asked to, where there is none', () => {
  installServers();
  expect(run('--check --with-browser').stderr).toContain('apt-get install chromium');
  expect(run().stderr).toBe('');
  expect(run('--with-browser').status).toBe(0);
  expect(calls()[1]).toMatch(/--no-install-recommends chromium$/);
  expect(run('--with-browser').stderr).toBe('');
  renameSync(join(machine, 'bin/chromium'), join(machine, 'bin/google-chrome'));
  expect(run('--with-browser').stderr).toBe('');
});

test('the wrapper of RabbitMQ alone does not count', () => {
  installServers();
  rmSync(join(machine, 'usr/lib/rabbitmq'), { recursive: true });
  program('usr/sbin/rabbitmq-server');
  expect(run('--check').stderr).toContain('apt-get install rabbitmq-server');
});

test('an older PostgreSQL does not count', () => {
  installServers();
  rmSync(join(machine, 'usr/lib/postgresql'), { recursive: true });
  program('usr/lib/postgresql/14/bin/postgres');
  program('usr/lib/postgresql/14/bin/initdb');
  const { status, stderr } = run('--check');
  expect(status).toBe(3);
  expect(stderr).toContain('apt-get install postgresql');
  expect(calls()).toEqual([]);
});

test('restores everything when apt-get fails', () => {
  write('apt-fails', '');
  const { status, stderr } = run();
  expect(status).toBe(3);
  expect(stderr).toContain('apt-get failed');
  expect(existsSync(join(machine, 'usr/sbin/policy-rc.d'))).toBe(false);
  expectNothingLeft();
});

test('restores everything on Ctrl-C', () => {
  write('usr/sbin/policy-rc.d', 'of the user');
  fake('apt-get', 'test "$1" = update || kill -INT $PPID');
  expect(run().status).toBe(130);
  expect(read('usr/sbin/policy-rc.d')).toBe('of the user');
  expectNothingLeft();
});

test('repairs the policy that a killed installation left behind', () => {
  installServers();
  write('usr/sbin/policy-rc.d', 'exit 101');
  write('usr/sbin/policy-rc.d.shop-plan-saved', 'of the user');
  expect(run().status).toBe(0);
  expect(read('usr/sbin/policy-rc.d')).toBe('of the user');
  expectNothingLeft();
});

test('asks on a terminal, and takes no for an answer', () => {
  const { status, stdout } = onTerminal('n\n');
  expect(stdout).toContain('go on? [Y/n]');
  expect(status).toBe(3);
  expect(calls()).toEqual([]);
});

test('asks on a terminal, and takes Enter for yes', () => {
  expect(onTerminal('\n').status).toBe(0);
  expect(calls()[1]).toMatch(/^apt-get install/);
});

test('without apt-get it says what is missing', () => {
  rmSync(join(machine, 'bin/apt-get'));
  const { status, stderr } = run();
  expect(status).toBe(3);
  expect(stderr).toContain(`lacks: ${ALL}`);
});

test('an ordinary user without sudo is told the command', () => {
  rmSync(join(machine, 'bin/id'));
  fake('id', 'echo 1000');
  const { status, stderr } = run();
  expect(status).toBe(3);
  expect(stderr).toContain('run as root: apt-get install');
  expect(calls()).toEqual([]);
});

test('an ordinary user goes through sudo', () => {
  rmSync(join(machine, 'bin/id'));
  fake('id', 'echo 1000');
  fake('sudo', 'echo "sudo $*" >>"$M/calls"; [ "$1" = -n ] && shift; "$@"');
  expect(run().status).toBe(0);
  expect(calls()).toContain('sudo -n apt-get update -qq');
});

test('installs node modules when they are absent, with development dependencies', () => {
  installServers();
  rmSync(join(project, 'node_modules'), { recursive: true });
  fakeNpm();
  const { status, stderr } = run();
  expect(status).toBe(0);
  expect(stderr).toContain('installing node modules');
  expect(calls()).toEqual([`npm ci --include=dev --loglevel=error --no-audit --no-fund`]);
});

test('takes the npm that runs it', () => {
  installServers();
  rmSync(join(project, 'node_modules'), { recursive: true });
  fakeNpm();
  copyFileSync(join(machine, 'bin/npm'), join(machine, 'npm-cli.js'));
  rmSync(join(machine, 'bin/npm'));
  expect(run('', { npm_execpath: join(machine, 'npm-cli.js'), npm_node_execpath: '/bin/sh' }).status).toBe(0);
  expect(calls()).toHaveLength(1);
});

test('compares contents when only the time of package-lock.json is newer', () => {
  installServers();
  fakeNpm();
  const later_s = Date.now() / 1000 + 60;
  utimesSync(join(project, 'package-lock.json'), later_s, later_s);
  run();
  expect(calls()).toHaveLength(1);
  utimesSync(join(project, 'package-lock.json'), later_s + 60, later_s + 60);
  run();
  expect(calls()).toHaveLength(1);
  write('project/package-lock.json', '{ "changed": true }');
  utimesSync(join(project, 'package-lock.json'), later_s + 60, later_s + 60);
  run();
  expect(calls()).toHaveLength(2);
});

test('node modules behind a link are others’, too, and are left alone', () => {
  installServers();
  fakeNpm();
  renameSync(join(project, 'node_modules'), join(machine, 'shared'));
  symlinkSync(join(machine, 'shared'), join(project, 'node_modules'));
  rmSync(join(machine, 'shared/.package-lock.json'));
  const { status, stderr } = run();
  expect([status, stderr]).toEqual([3, expect.stringContaining('is a link')]);
  expect(calls()).toEqual([]);
});

test('a failing npm ci is an error of the machine', () => {
  rmSync(join(project, 'node_modules'), { recursive: true });
  fake('npm', 'exit 1');
  expect(run().status).toBe(3);
});

test('builds the object store where Go is, and k6 when asked to, once, for accounts that pass through', () => {
  installServers();
  fakeGo();
  run();
  expect(calls()).toEqual([expect.stringMatching(/versitygw@/)]);
  const { status, stderr } = run('--with-k6');
  expect([status, stderr]).toEqual([0, expect.stringContaining('about to build k6')]);
  expect(calls()).toEqual([
    expect.stringMatching(/^go install github\.com\/versity\/versitygw\/cmd\/versitygw@v\d/),
    expect.stringMatching(/^go install go\.k6\.io\/k6@v\d/),
  ]);
  const home = join(machine, 'var/lib/shop-plan');
  const made = ['', 'tools', 'tools/bin', 'tools/bin/versitygw', 'tools/bin/k6'];
  expect(made.map((path) => modeOf(join(home, path)))).toEqual(['711', '755', '755', '755', '755']);
  expect(run('--with-k6').stderr).toBe('');
  expect(calls()).toHaveLength(2);
});

test('an object store and a k6 of one’s own are taken as they are', () => {
  installServers();
  fakeGo();
  program('bin/versitygw');
  program('bin/k6');
  expect(run('--with-k6').stderr).toBe('');
  expect(calls()).toEqual([]);
});

test('SHOP_PLAN_HOME says where it goes, and --check only says that it could', () => {
  installServers();
  fakeGo();
  const env = { SHOP_PLAN_HOME: join(machine, 'home') };
  const checked = run('--check', env);
  expect([checked.status, checked.stderr]).toEqual([
    0,
    expect.stringMatching(/there is no versitygw[^]*there is no k6/),
  ]);
  expect(existsSync(env.SHOP_PLAN_HOME)).toBe(false);
  run('--with-k6', env);
  for (const name of ['versitygw', 'k6']) expect(existsSync(join(env.SHOP_PLAN_HOME, 'tools/bin', name))).toBe(true);
});

test('a tool that cannot be built, or is not wanted, is done without', () => {
  installServers();
  fake('go', 'echo no network >&2; exit 1');
  const store = 'stands in for the object store';
  const failed = run();
  expect([failed.status, failed.stderr]).toEqual([0, expect.stringContaining(store)]);
  const asked = run('--with-k6');
  expect([asked.status, asked.stderr]).toEqual([3, expect.stringContaining('`engine: k6` cannot be used')]);
  fakeGo();
  const { status, stdout } = onTerminal('n\n');
  expect([status, stdout]).toEqual([0, expect.stringContaining('not built')]);
  expect(stdout).toContain(store);
  expect(calls()).toEqual([]);
});

test('an unknown option is wrong usage', () => {
  expect(run('--force').status).toBe(2);
});

function run(options = '', env: Record<string, string> = {}): SpawnSyncReturns<string> {
  const args = options === '' ? [] : options.split(' ');
  return spawnSync('/bin/sh', [join(project, 'infra/install.sh'), ...args], {
    env: { ...environment(), ...env },
    encoding: 'utf8',
  });
}

function onTerminal(input: string): SpawnSyncReturns<string> {
  const command = `sh ${join(project, 'infra/install.sh')}`;
  return spawnSync('script', ['-qec', command, '/dev/null'], { env: environment(), input, encoding: 'utf8' });
}

function environment(): Record<string, string> {
  return { PATH: join(machine, 'bin'), SHOP_PLAN_SYSTEM_ROOT: machine, M: machine, SHELL: '/bin/sh' };
}

function installServers(): void {
  const servers = ['redis-server', 'haproxy', 'patroni', 'etcd', 'erl', 'epmd'];
  for (const name of ['usr/sbin/nginx', ...servers.map((server) => `bin/${server}`)]) program(name);
  program('usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin/rabbitmq-server');
  for (const name of ['postgres', 'initdb']) program(`usr/lib/postgresql/15/bin/${name}`);
}

function fakeNpm(): void {
  fake(
    'npm',
    `echo "npm $*" >>"$M/calls"
     mkdir -p node_modules/.bin && echo '{}' >node_modules/.package-lock.json
     echo >node_modules/.bin/node && chmod +x node_modules/.bin/node`,
  );
}

function fakeGo(): void {
  fake('go', 'echo "go $*" >>"$M/calls"; umask 077; p=${2%@*}; echo >"$GOBIN/${p##*/}"');
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

function fake(name: string, body: string): void {
  rmSync(join(machine, 'bin', name), { force: true });
  program(`bin/${name}`, `#!/bin/sh\n${body}\n`);
}

function program(name: string, text = '#!/bin/sh\n'): void {
  write(name, text);
  chmodSync(join(machine, name), 0o755);
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(machine, name)), { recursive: true });
  writeFileSync(join(machine, name), text, { mode: 0o755 });
}

function read(name: string): string {
  return readFileSync(join(machine, name), 'utf8');
}

function calls(): string[] {
  return existsSync(join(machine, 'calls')) ? read('calls').trim().split('\n') : [];
}

function expectNothingLeft(): void {
  for (const name of ['policy-rc.d.shop-plan-saved', 'policy-rc.d.shop-plan-none', 'policy-rc.d.new']) {
    expect(existsSync(join(machine, 'usr/sbin', name))).toBe(false);
  }
  expect(existsSync(join(machine, 'etc/postgresql-common'))).toBe(false);
}
