import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from 'rabbitmq-client';
import type { Probe, ProbeSite } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import type { Begun } from './recorder.ts';

const WARM_UP = 50;
const AWAY_MS = 5_000;
/** As the application's queues are. */
const QUEUE_OPTIONS = { durable: true, arguments: { 'x-queue-type': 'quorum' } } as const;

/** A message goes into a queue of the probe's own and comes out again: durable, confirmed, and acknowledged, as the application's are. */
export const broker: Probe = {
  name: 'broker',
  title: 'how long the broker takes for a message',
  classes: ['broker.confirm', 'broker.roundtrip'],
  counters: ['broker.delivered'],
  parameters: {
    messages: { kind: 'count', otherwise: 500, about: 'how many' },
    pause: { kind: 'time', otherwise: 0.005, about: 'between two of them' },
  },
  async run(site) {
    const [url] = Object.values(site.connections.rabbitmq);
    if (url === undefined) throw new RunError(`step ${site.stack.step} has no broker`, 'choose a step that has one');
    const connection = new Connection({ url, noDelay: true, acquireTimeout: AWAY_MS });
    // What fails is told by the promises below; an error without a listener would end the process.
    connection.on('error', () => undefined);
    const queue = `probe-${Date.now().toString(36)}`;
    try {
      return { counters: { 'broker.delivered': await sendAll(site, connection, queue) } };
    } catch (error) {
      if (site.signal.aborted) return {};
      throw new RunError('the broker does not take messages', 'look at `shop-plan status`', error);
    } finally {
      await connection.queueDelete({ queue }).catch(() => undefined);
      await connection.close();
    }
  },
};

/** How many came out again. */
async function sendAll(site: ProbeSite, connection: Connection, queue: string): Promise<number> {
  const { recorder, parameters, signal } = site;
  const underWay = new Map<string, Begun>();
  let delivered = 0;
  const options = { queue, queueOptions: QUEUE_OPTIONS, qos: { prefetchCount: 100 } };
  const consumer = connection.createConsumer(options, ({ body }) => {
    underWay.get(String(body))?.end('ok');
    delivered += underWay.delete(String(body)) ? 1 : 0;
  });
  await once(consumer, 'ready', { signal });
  const publisher = connection.createPublisher({ confirm: true });
  const send = (text: string): Promise<void> => publisher.send({ routingKey: queue, durable: true }, text);
  for (let message = 0; message < WARM_UP; message += 1) await send('warm-up');
  for (let message = 0; message < Number(parameters['messages']) && !signal.aborted; message += 1) {
    underWay.set(String(message), recorder.begin('broker.roundtrip'));
    await recorder.time('broker.confirm', () => send(String(message)));
    await delay(Number(parameters['pause']) * 1_000);
  }
  while (underWay.size > 0 && !signal.aborted) await delay(1);
  await consumer.close();
  await publisher.close();
  return delivered;
}
