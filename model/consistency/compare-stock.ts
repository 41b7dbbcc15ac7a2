/** What became of the stock of one product. All count pieces. */
export interface StockAccount {
  readonly product: string;
  /** How many there were in the beginning. */
  readonly seeded: number;
  /** In orders that stand. */
  readonly sold: number;
  /** Kept for orders that are not there yet. */
  readonly reserved: number;
  readonly left: number;
}

export interface StockFindings {
  readonly products: number;
  /** Sold more often than there were, or left below zero. */
  readonly oversold: readonly StockAccount[];
  /** seeded ≠ sold + reserved + left. */
  readonly mismatched: readonly StockAccount[];
}

/** Whether of every product exactly those are gone that somebody has, and no more than there were. */
export function compareStock(accounts: readonly StockAccount[]): StockFindings {
  return {
    products: accounts.length,
    oversold: accounts.filter(({ seeded, sold, left }) => left < 0 || sold > seeded),
    mismatched: accounts.filter(({ seeded, sold, reserved, left }) => seeded !== sold + reserved + left),
  };
}
