import { HeldConnection } from './held-connection.ts';

/** Opened side by side: few enough for the backlog of any listener. */
const SIDE_BY_SIDE = 64;
/** One that was refused is tried again, as browsers do: a worker of the server may be full while another is not. */
const TRIES = 5;
/** The kernel has 28,000 ports for each pair of addresses, and takes long to find one when a quarter is in use; loopback has any number of addresses. */
const PORTS_EACH = 2_500;

/** Opens so many connections to a URL and asks once over each, which `timed` may time. Resolves to those that were answered. */
export async function hold(
  url: URL,
  count: number,
  signal: AbortSignal,
  timed: (work: () => Promise<HeldConnection>) => Promise<HeldConnection> = (work) => work(),
): Promise<HeldConnection[]> {
  const held: HeldConnection[] = [];
  let next = 0;
  const open = async (): Promise<void> => {
    for (let number = next++; number < count && !signal.aborted; number = next++) {
      const from = `127.1.${process.pid % 250}.${1 + Math.floor(number / PORTS_EACH)}`;
      const one = await timed(() => openAndAsk(url, from)).catch(() => undefined);
      if (one) held.push(one);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, open));
  return held;
}

async function openAndAsk(url: URL, from: string): Promise<HeldConnection> {
  for (let attempt = 1; ; attempt += 1) {
    const one = await HeldConnection.open(url, from);
    try {
      const status = await one.ask();
      if (status === 200) return one;
      throw new Error(`${url.pathname} answered ${status}`);
    } catch (error) {
      one.close();
      if (attempt === TRIES) throw error;
    }
  }
}
