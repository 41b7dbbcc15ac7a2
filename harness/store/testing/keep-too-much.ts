import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { classByHand, observationByHand } from '../../../model/judge/observation-by-hand.ts';
import { keepCalibration } from '../../calibration-store.ts';
import { RunError } from '../../run-error.ts';
import { keepLedger, keepRun } from '../../run-store.ts';
import { readKept } from '../read-kept.ts';

/** Keeps something small of each kind below a folder, then something larger than there is room for, and says what came of it. */
const [root = ''] = process.argv.slice(2);
const LARGE = 'x'.repeat(1e6);
const seen = observationByHand([classByHand({ latencies: [[20_000, 10]] })]);
const runs = join(root, 'runs');
const calibrations = join(root, 'calibrations');
const ledgerOf = (asks: string): Parameters<typeof keepLedger>[0] => {
  return { formatVersion: 1, kind: 'ledger', plan: 'shop', rows: [], predictions: [], ...(asks && { asks }) };
};

await mkdir(calibrations);
const run = await keepRun(seen, 'small', { root: runs });
const ledger = await keepLedger(ledgerOf(''), 'full', root);
const calibration = await keepCalibration('shop', 2, 'small', calibrations);

const told: string[] = [];
const works = [
  () => keepRun(seen, LARGE, { root: runs }),
  () => keepLedger(ledgerOf(LARGE), 'full', root),
  () => keepCalibration('shop', 2, LARGE, calibrations),
];
for (const work of works) {
  const failed = await work().catch((error: unknown) => error);
  told.push(failed instanceof RunError ? `${failed.message}; ${failed.help}` : String(failed));
}
const kept = [join(run, 'result.json'), ledger, calibration];
const sizes = await Promise.all(kept.map(async (path) => (await readKept(path)).length));
const names = (await readdir(root, { recursive: true })).filter((name) => !name.includes('histograms')).toSorted();
process.stdout.write(JSON.stringify({ told, sizes, names }));
