import { hold } from './hold.ts';

/**
 * A process that holds connections, as one process may have only so many files open: `holder.ts URL COUNT`. Tells its parent how many are
 * open whenever it is asked, and ends with it.
 */
const [url = '', count = '0'] = process.argv.slice(2);
process.on('disconnect', () => process.exit());
const held = await hold(new URL(url), Number(count), new AbortController().signal);
process.on('message', () => process.send?.(held.filter(({ open }) => open).length));
process.send?.(held.length);
