import type { Peers } from '../internal/peers.ts';
import { RemoteStock } from '../inventory/stock.ts';
import { RemoteMailboxes } from '../users/mailboxes.ts';

/** What effects ask of other services, where there are any. */
export function effectPeers(peers: Peers): { stock: RemoteStock | undefined; mailboxes: RemoteMailboxes | undefined } {
  const [inventory, users] = [peers.find('inventory'), peers.find('user')];
  return {
    stock: inventory === undefined ? undefined : new RemoteStock(inventory),
    mailboxes: users === undefined ? undefined : new RemoteMailboxes(users),
  };
}
