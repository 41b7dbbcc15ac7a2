import { z } from 'zod';
import type { ProbeSite } from '../../instruments.ts';
import { askApi, unexpected } from './own-writes.ts';
import type { OwnWrites } from './own-writes.ts';

const madeShape = z.object({ code: z.string() });

/** Authors make a short URL and follow it, with the cookie that they were given, if any. */
export async function shortUrlsOf({ stack: { base_url } }: Pick<ProbeSite, 'stack'>): Promise<OwnWrites> {
  const cookies = new Map<string, string>();
  return {
    async write() {
      const made = await askApi(`${base_url}/api/v1/urls`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ url: 'https://www.example.com/own' }),
      });
      if (made.status !== 201) throw unexpected(made, 'a new short URL');
      const { code } = madeShape.parse(await made.json());
      const [cookie = ''] = (made.headers.get('set-cookie') ?? '').split(';');
      if (cookie !== '') cookies.set(code, cookie);
      return code;
    },
    async sees(_person, code) {
      const cookie = cookies.get(code);
      cookies.delete(code);
      const led = await askApi(`${base_url}/${code}`, { headers: cookie === undefined ? {} : { cookie } });
      await led.arrayBuffer();
      if (led.status === 302 || led.status === 404) return led.status === 302;
      throw unexpected(led, 'a short URL of one’s own');
    },
    // They stay, as those of all others do.
    remove: async () => undefined,
  };
}
