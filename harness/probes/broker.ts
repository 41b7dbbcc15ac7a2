import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from 'rabbitmq-client';
import type { Probe } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import type { Begun } from './recorder.ts';

const WARM_UP = 50;

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
  async run({ connections, stack, recorder, parameters, signal }) {
    const [url] = Object.values(connections.rabbitmq);
    if (url === undefined) throw new RunError(`step ${stack.step} has no broker`, 'choose a step that has one');
    const connection = new Connection({ url, noDelay: true });
    const queue = `probe-${Date.now().toString(36)}`;
    const underWay = new Map<number, Begun>();
    let delivered = 0;
    try {
      await connection.queueDeclare({ queue, durable: true, arguments: { 'x-queue-type': 'quorum' } });
      const consumer = connection.createConsumer({ queue, qos: { prefetchCount: 100 } }, ({ body }) => {
        underWay.get(Number(body))?.end('ok');
        delivered += underWay.delete(Number(body)) ? 1 : 0;
      });
      const publisher = connection.createPublisher({ confirm: true });
      for (let message = 0; message < WARM_UP; message += 1)
        await publisher.send({ routingKey: queue, durable: true }, '-1');
      for (let message = 0; message < Number(parameters['messages']) && !signal.aborted; message += 1) {
        underWay.set(message, recorder.begin('broker.roundtrip'));
        await recorder.time('broker.confirm', () =>
          publisher.send({ routingKey: queue, durable: true }, String(message)),
        );
        await delay(Number(parameters['pause']) * 1_000);
      }
      while (underWay.size > 0 && !signal.aborted) await delay(1);
      await consumer.close();
      await publisher.close();
      return { counters: { 'broker.delivered': delivered } };
    } finally {
      await connection.queueDelete({ queue });
      await connection.close();
    }
  },
};
