import type { Log } from '../log.ts';
import type { Broker } from './broker.ts';

export interface BrokerSettings {
  readonly queue: 'rabbitmq' | 'bullmq' | 'none';
  readonly amqpUrls: readonly string[];
  readonly queueRedisUrls: readonly string[];
  readonly instanceId: string;
}

/** The broker that the settings name, if any. Its library is loaded only then: without a queue nobody pays for one. */
export async function createBroker(settings: BrokerSettings, log: Log): Promise<Broker | undefined> {
  if (settings.queue === 'rabbitmq') {
    const { RabbitmqBroker } = await import('./rabbitmq-broker.ts');
    return new RabbitmqBroker({ urls: settings.amqpUrls, name: `shop-${settings.instanceId}` }, log);
  }
  if (settings.queue === 'bullmq') {
    const { BullmqBroker } = await import('./bullmq-broker.ts');
    return new BullmqBroker({ urls: settings.queueRedisUrls }, log);
  }
  return undefined;
}
