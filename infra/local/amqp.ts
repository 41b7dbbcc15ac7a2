import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** What a broker says of itself when a client has signed in. */
export interface Greeting {
  /** The same for all nodes of one cluster: the name of the node that began it. */
  readonly cluster: string;
}

/** A method of AMQP 0-9-1: class and number, as in the specification's tables. */
export type Method = readonly [class_id: number, method_id: number];

const START: Method = [10, 10];
const START_OK: Method = [10, 11];
const TUNE: Method = [10, 30];
const TUNE_OK: Method = [10, 31];
const OPEN: Method = [10, 40];
const OPEN_OK: Method = [10, 41];
const CLOSE: Method = [10, 50];
const CLOSE_OK: Method = [10, 51];

const FRAME_METHOD = 1;
const FRAME_OVERHEAD_BYTES = 8;
const FRAME_END = 0xce;
const TIMEOUT_MS = 3_000;

/** As much of AMQP 0-9-1 as it takes to sign in, and to send methods one after the other. */
export class AmqpConnection {
  readonly #socket: Socket;
  readonly #incoming: AsyncIterator<Buffer>;
  #unread = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#incoming = socket[Symbol.asyncIterator]();
  }

  /** Signs in and opens the virtual host `/`. Rejects with what the broker said instead. */
  static async open(port: number, user: string, password: string): Promise<[AmqpConnection, Greeting]> {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`the broker did not answer within ${TIMEOUT_MS} ms`)));
    const connection = new AmqpConnection(socket);
    try {
      return [connection, await connection.#signIn(user, password)];
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.send(0, CLOSE, short(200), shortText(''), short(0), short(0));
    await this.receive(CLOSE_OK);
    this.#socket.destroy();
  }

  send(channel: number, [class_id, method_id]: Method, ...fields: readonly Buffer[]): void {
    this.sendFrame(FRAME_METHOD, channel, Buffer.concat([short(class_id), short(method_id), ...fields]));
  }

  sendFrame(type: number, channel: number, payload: Buffer): void {
    const head = Buffer.concat([Buffer.of(type), short(channel), long(payload.length)]);
    this.#socket.write(Buffer.concat([head, payload, Buffer.of(FRAME_END)]));
  }

  /** The fields of the next method, which has to be this one. */
  async receive([class_id, method_id]: Method): Promise<Buffer> {
    const payload = await this.receiveFrame();
    const received: Method = [payload.readUInt16BE(0), payload.readUInt16BE(2)];
    if (received[0] === class_id && received[1] === method_id) return payload.subarray(4);
    // The text of a refusal comes after its code.
    const text = received[1] === CLOSE[1] ? `: ${payload.subarray(7, 7 + payload.readUInt8(6)).toString()}` : '';
    throw new Error(`the broker answered ${received.join('.')} instead of ${class_id}.${method_id}${text}`);
  }

  /** The payload of the next frame, of whatever type. */
  async receiveFrame(): Promise<Buffer> {
    for (;;) {
      const size = this.#unread.length < 7 ? Infinity : this.#unread.readUInt32BE(3) + FRAME_OVERHEAD_BYTES;
      if (this.#unread.length >= size) {
        const frame = this.#unread.subarray(0, size);
        this.#unread = this.#unread.subarray(size);
        return frame.subarray(7, -1);
      }
      const { value, done } = await this.#incoming.next();
      if (done === true) throw new Error('the broker closed the connection');
      this.#unread = Buffer.concat([this.#unread, value]);
    }
  }

  async #signIn(user: string, password: string): Promise<Greeting> {
    this.#socket.write(Buffer.from('AMQP\0\0\x09\x01', 'latin1'));
    const start = await this.receive(START);
    this.send(0, START_OK, table({}), shortText('PLAIN'), longText(`\0${user}\0${password}`), shortText('en_US'));
    const tune = await this.receive(TUNE);
    // Channels and frame size as offered, without heartbeats: nothing here lives long enough for one.
    this.send(0, TUNE_OK, tune.subarray(0, 6), short(0));
    this.send(0, OPEN, shortText('/'), shortText(''), Buffer.of(0));
    await this.receive(OPEN_OK);
    return { cluster: textInTable(start.subarray(2), 'cluster_name') };
  }
}

/** Signs in and out again. */
export async function askBroker(port: number, user: string, password: string): Promise<Greeting> {
  const [connection, greeting] = await AmqpConnection.open(port, user, password);
  await connection.close();
  return greeting;
}

export function short(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}

export function long(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

export function shortText(text: string): Buffer {
  return Buffer.concat([Buffer.of(Buffer.byteLength(text)), Buffer.from(text)]);
}

export function longText(text: string): Buffer {
  return Buffer.concat([long(Buffer.byteLength(text)), Buffer.from(text)]);
}

/** A table of texts. */
export function table(texts: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(texts).map(([name, text]) =>
    Buffer.concat([shortText(name), Buffer.from('S'), longText(text)]),
  );
  return longText(Buffer.concat(entries).toString('latin1'));
}

/** A text in a table; empty when it is not there. Its name and type stand right before it. */
function textInTable(fields: Buffer, name: string): string {
  const label = Buffer.concat([shortText(name), Buffer.from('S')]);
  const at = fields.indexOf(label);
  if (at < 0) return '';
  const start = at + label.length + 4;
  return fields.subarray(start, start + fields.readUInt32BE(start - 4)).toString();
}
