import { Link } from './link.ts';
import { FrameQueue } from './frame-queue.ts';
import { ProcessorSharing } from './processor-sharing.ts';
import type { Station } from './station.ts';

/** One instance of a tier, with what is inside it. */
export class Instance {
  /** Among all instances of the system. */
  readonly id: number;
  readonly station: Station;
  /** Alive; false after a crash. */
  isUp = true;
  /** Callers are sent to it. A crashed instance stays listed until someone noticed, where the tier has a failover. */
  isListed = true;
  /** Scaled in, or given away: takes no further visits. */
  isRetired = false;
  /** A replica that has become the primary. */
  isPromoted = false;
  /** Faults that are on: how many make it hang, how much longer its work takes, and what share of its visits fails. */
  hanging = 0;
  slowness = 1;
  errorShare = 0;
  /** Of its processors: 1 is full, 0 when it hangs. */
  speed = 1;
  /** What is inside: waiting, in work, or waiting for nested calls. */
  inside = 0;
  /** Visits that were let in to work; up to the tier's concurrency. */
  slots = 0;
  /** Busy servers; with shared processors, jobs in work. */
  busy = 0;
  /** Ticket of the event for the next end of work, with shared processors; and when that is. */
  event = 0;
  event_s = Infinity;
  /** Crashes so far, by which a repair or promotion knows that it came too late. */
  crashes = 0;
  readonly waiting = new FrameQueue();
  readonly sharing: ProcessorSharing | null;
  /** By tier that is called; made at the first call. */
  links: (Link | null)[] = [];

  constructor(id: number, station: Station) {
    this.id = id;
    this.station = station;
    const { discipline, servers } = station.tier;
    this.sharing = discipline === 'processor-sharing' ? new ProcessorSharing(servers) : null;
  }

  get hangs(): boolean {
    return this.hanging > 0;
  }

  /** Whether a visit that comes now can start at once. */
  get hasRoom(): boolean {
    const { servers, concurrency } = this.station.tier;
    return this.hanging === 0 && this.slots < concurrency && (this.sharing !== null || this.busy < servers);
  }

  linkTo(station: Station): Link {
    const link = this.links[station.index];
    if (link !== undefined && link !== null) return link;
    while (this.links.length <= station.index) this.links.push(null);
    const made = new Link(station.tier.call);
    this.links[station.index] = made;
    return made;
  }
}
