import { AmqpConnection, long, short, shortText, table } from '../amqp.ts';
import type { Method } from '../amqp.ts';

const CHANNEL = 1;
const CHANNEL_OPEN: Method = [20, 10];
const CHANNEL_OPEN_OK: Method = [20, 11];
const QUEUE_DECLARE: Method = [50, 10];
const QUEUE_DECLARE_OK: Method = [50, 11];
const BASIC_PUBLISH: Method = [60, 40];
const BASIC_GET: Method = [60, 70];
const BASIC_GET_OK: Method = [60, 71];
const BASIC_ACK: Method = [60, 80];
const CONFIRM_SELECT: Method = [85, 10];
const CONFIRM_SELECT_OK: Method = [85, 11];
const FRAME_HEADER = 2;
const FRAME_BODY = 3;
const DURABLE = 2;
const PERSISTENT = 2;

/** Puts one message into a quorum queue, which is made if need be; resolves when a majority has it. */
export async function publish(url: string, queue: string, text: string): Promise<void> {
  await onChannel(url, async (connection) => {
    const { send, receive } = channelOf(connection);
    send(QUEUE_DECLARE, short(0), shortText(queue), Buffer.of(DURABLE), table({ 'x-queue-type': 'quorum' }));
    await receive(QUEUE_DECLARE_OK);
    send(CONFIRM_SELECT, Buffer.of(0));
    await receive(CONFIRM_SELECT_OK);
    send(BASIC_PUBLISH, short(0), shortText(''), shortText(queue), Buffer.of(0));
    // Class, weight, size of the body, and of all properties only the delivery mode.
    const header = [short(60), short(0), long(0), long(text.length), short(0x1000), Buffer.of(PERSISTENT)];
    connection.sendFrame(FRAME_HEADER, CHANNEL, Buffer.concat(header));
    connection.sendFrame(FRAME_BODY, CHANNEL, Buffer.from(text));
    await receive(BASIC_ACK);
  });
}

/** Takes one message. Rejects when the queue is empty. */
export async function take(url: string, queue: string): Promise<string> {
  return await onChannel(url, async (connection) => {
    const { send, receive } = channelOf(connection);
    send(BASIC_GET, short(0), shortText(queue), Buffer.of(0));
    const delivery_tag = (await receive(BASIC_GET_OK)).subarray(0, 8);
    await connection.receiveFrame();
    const body = (await connection.receiveFrame()).toString();
    send(BASIC_ACK, delivery_tag, Buffer.of(0));
    return body;
  });
}

async function onChannel<T>(url: string, work: (connection: AmqpConnection) => Promise<T>): Promise<T> {
  const { port, username, password } = new URL(url);
  const [connection] = await AmqpConnection.open(Number(port), username, password);
  const { send, receive } = channelOf(connection);
  send(CHANNEL_OPEN, shortText(''));
  await receive(CHANNEL_OPEN_OK);
  const result = await work(connection);
  await connection.close();
  return result;
}

function channelOf(connection: AmqpConnection): {
  send: (method: Method, ...fields: readonly Buffer[]) => void;
  receive: (method: Method) => Promise<Buffer>;
} {
  return {
    send: (method, ...fields) => connection.send(CHANNEL, method, ...fields),
    receive: (method) => connection.receive(method),
  };
}
