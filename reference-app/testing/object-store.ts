import { existsSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { publicUrl, type StoreKind } from '../images/object-store.ts';
import { ownedFolder, unprivilegedOwner, type Owner } from './owner.ts';
import { freePort } from './ports.ts';
import { ServerProcess } from './server-process.ts';
import { findProgram, openTo, type TestServer } from './servers.ts';

const USER = 'shop';
const SECRET = 'secret-of-the-tests';
const BUCKET = 'images';

/** Where versitygw may be beside PATH: wherever what starts stacks has built it. */
const TOOLS = [process.env['SHOP_PLAN_HOME'] ?? '', '/var/lib/shop-plan', join(homedir(), '.local/state/shop-plan')]
  .filter((home) => home !== '')
  .map((home) => join(home, 'tools/bin'));

/** The kinds of store that this machine can have. The tests of S3 need versitygw. */
export function storeKindsHere(): StoreKind[] {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...TOOLS];
  return folders.some((folder) => existsSync(join(folder, 'versitygw'))) ? ['s3', 'webdav'] : ['webdav'];
}

/** An object store of its own on a free port, with an empty bucket that anybody may read; its URL has the key in it. */
export async function startObjectStore(kind: StoreKind): Promise<TestServer> {
  const owner = unprivilegedOwner();
  const folder = await ownedFolder('shop-store-', owner);
  const port = await freePort();
  const server = kind === 's3' ? await versitygw(folder, port, owner) : await webdav(folder, port, owner);
  const url = `http://${USER}:${SECRET}@127.0.0.1:${port}/${BUCKET}`;
  if (kind === 's3') await makeBucket(publicUrl(url));
  return Object.assign(server, { url });
}

async function versitygw(folder: string, port: number, owner: Owner): Promise<ServerProcess> {
  const [objects, metadata] = [join(folder, 'objects'), join(folder, 'metadata')];
  await makeFolders([objects, metadata], owner);
  const server = new ServerProcess({
    command: findProgram('versitygw', TOOLS),
    args: ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', metadata, objects],
    owner,
    folder,
    ready: () => openTo(port),
    killSignal: 'SIGKILL',
    stopSignal: 'SIGTERM',
    env: { ROOT_ACCESS_KEY: USER, ROOT_SECRET_KEY: SECRET, HOME: folder },
  });
  await server.startOrClean();
  return server;
}

async function makeBucket(bucket: string): Promise<void> {
  const key = { accessKeyId: USER, secretAccessKey: SECRET };
  const client = new AwsClient({ ...key, service: 's3', region: 'us-east-1', retries: 0 });
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` };
  const body = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  for (const [url, init] of [[bucket, {}] as const, [`${bucket}?policy`, { body }] as const]) {
    const { status } = await client.fetch(url, { method: 'PUT', ...init });
    if (status >= 300) throw new Error(`${url} answered ${status}`);
  }
}

async function webdav(folder: string, port: number, owner: Owner): Promise<ServerProcess> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await makeFolders([join(folder, 'files'), ...temporary.map((name) => join(folder, name))], owner);
  await writeFile(join(folder, 'passwords'), `${USER}:{PLAIN}${SECRET}\n`);
  const conf = join(folder, 'nginx.conf');
  await writeFile(
    conf,
    `daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}
     http {
       access_log off; client_max_body_size 16m; types { image/webp webp; }
       ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
       server {
         listen 127.0.0.1:${port}; root ${folder}/files;
         dav_methods PUT DELETE; create_full_put_path on; add_header Cache-Control "public, max-age=86400, immutable";
         location / { limit_except GET { auth_basic images; auth_basic_user_file ${folder}/passwords; } }
       }
     }`,
  );
  const server = new ServerProcess({
    command: findProgram('nginx', ['/usr/sbin']),
    args: ['-c', conf],
    owner,
    folder,
    ready: () => openTo(port),
    killSignal: 'SIGKILL',
    stopSignal: 'SIGTERM',
    group: true,
  });
  await server.startOrClean();
  return server;
}

async function makeFolders(folders: readonly string[], { uid, gid }: Owner): Promise<void> {
  for (const folder of folders) {
    await mkdir(folder);
    if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
  }
}
