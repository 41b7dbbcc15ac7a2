/** Messages on their way to a worker, first in, first out, as numbers in a ring: a backlog of millions stays small. */
export class MessageQueue {
  size = 0;
  #first = 0;
  #messages = new Int32Array(64);
  #keys = new Int32Array(64);
  #classes = new Int32Array(64);
  #failures = new Int32Array(64);
  #published_s = new Float64Array(64);
  #queued_s = new Float64Array(64);

  add(message: number, cls: number, key: number, failures: number, published_s: number, queued_s: number): void {
    if (this.size === this.#messages.length) this.#grow();
    const at = (this.#first + this.size++) & (this.#messages.length - 1);
    this.#messages[at] = message;
    this.#classes[at] = cls;
    this.#keys[at] = key;
    this.#failures[at] = failures;
    this.#published_s[at] = published_s;
    this.#queued_s[at] = queued_s;
  }

  /** Of the first message; only when there is one. */
  get message(): number {
    return this.#messages[this.#first] ?? 0;
  }

  get cls(): number {
    return this.#classes[this.#first] ?? 0;
  }

  get key(): number {
    return this.#keys[this.#first] ?? -1;
  }

  get failures(): number {
    return this.#failures[this.#first] ?? 0;
  }

  get published_s(): number {
    return this.#published_s[this.#first] ?? 0;
  }

  get queued_s(): number {
    return this.#queued_s[this.#first] ?? 0;
  }

  drop(): void {
    this.#first = (this.#first + 1) & (this.#messages.length - 1);
    this.size--;
  }

  #grow(): void {
    this.#messages = this.#unrolled(this.#messages, new Int32Array(2 * this.size));
    this.#classes = this.#unrolled(this.#classes, new Int32Array(2 * this.size));
    this.#keys = this.#unrolled(this.#keys, new Int32Array(2 * this.size));
    this.#failures = this.#unrolled(this.#failures, new Int32Array(2 * this.size));
    this.#published_s = this.#unrolled(this.#published_s, new Float64Array(2 * this.size));
    this.#queued_s = this.#unrolled(this.#queued_s, new Float64Array(2 * this.size));
    this.#first = 0;
  }

  /** The ring's entries from the first on, in a larger one. */
  #unrolled<Column extends Int32Array | Float64Array>(ring: Column, larger: Column): Column {
    larger.set(ring.subarray(this.#first));
    larger.set(ring.subarray(0, this.#first), ring.length - this.#first);
    return larger;
  }
}
