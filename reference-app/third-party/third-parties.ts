/** What each third party is called in paths. */
export const THIRD_PARTIES = ['payment', 'email', 'shipping', 'accounting'] as const;
export type ThirdParty = (typeof THIRD_PARTIES)[number];

/** A call that a third party did not answer as hoped. What it refuses for good (a declined card) is an answer, not an error. */
export class ThirdPartyError extends Error {
  override name = 'ThirdPartyError';
  /** Present when it asked to be called less often: how long to wait. */
  readonly retryAfter_s: number | undefined;

  constructor(message: string, options: { retryAfter_s?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfter_s = options.retryAfter_s;
  }
}

export interface Charge {
  readonly orderId: number;
  readonly amountCents: number;
  readonly method: string;
}

export interface Letter {
  readonly orderId: number;
  readonly to: string;
  readonly template: string;
}

export interface Parcel {
  readonly orderId: number;
  readonly address: string;
}

export interface Booking {
  readonly orderId: number;
  readonly amountCents: number;
  readonly kind: 'invoice' | 'credit-note';
}

/**
 * The companies that the shop calls. Each call carries a key: calling again with the same key has no second effect there.
 * Calls throw a `ThirdPartyError`.
 */
export interface ThirdParties {
  charge(key: string, charge: Charge): Promise<{ paid: boolean; transactionId: string }>;
  refund(key: string, charge: Charge): Promise<void>;
  sendEmail(key: string, letter: Letter): Promise<void>;
  createLabel(key: string, parcel: Parcel): Promise<{ trackingId: string }>;
  book(key: string, booking: Booking): Promise<void>;
  close(): Promise<void>;
}

/** Third parties that agree to everything at once. */
export const agreeableThirdParties: ThirdParties = {
  charge: (key) => Promise.resolve({ paid: true, transactionId: `local-${key}` }),
  refund: () => Promise.resolve(),
  sendEmail: () => Promise.resolve(),
  createLabel: (key) => Promise.resolve({ trackingId: `LOCAL-${key}` }),
  book: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** The third parties at a URL, or agreeable ones without one. The HTTP client is loaded only then. */
export async function connectThirdParties(url: string | undefined): Promise<ThirdParties> {
  if (url === undefined) return agreeableThirdParties;
  const { httpThirdParties } = await import('./http-third-parties.ts');
  return httpThirdParties(url);
}
