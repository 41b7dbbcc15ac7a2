import { EngineError } from './engine.ts';

/**
 * The URL of a server on this machine. Throws an `EngineError` for anything outside of 127.0.0.0/8, `localhost` and
 * `[::1]`: load goes to one's own stack only.
 */
export function loopbackUrl(base_url: string): URL {
  const url = URL.canParse(base_url) ? new URL(base_url) : null;
  if (url === null || url.protocol !== 'http:') {
    throw new EngineError(`\`${base_url}\` is not an address like http://127.0.0.1:8080`);
  }
  const loopback = /^127(?:\.\d+){3}$/.test(url.hostname) || url.hostname === 'localhost' || url.hostname === '[::1]';
  if (!loopback) {
    throw new EngineError(
      `load is driven to this machine only (127.0.0.0/8, localhost, [::1]), not to ${url.hostname}`,
    );
  }
  if (url.pathname !== '/' || url.search !== '' || url.username !== '' || url.hash !== '') {
    throw new EngineError(`\`${base_url}\` must be scheme, host and port alone; paths belong to the workload`);
  }
  return url;
}
