import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environmentFacts } from '../harness/environment.ts';
import type { Ledger } from '../model/claims/ledger.ts';
import { MEASUREMENTS_FORMAT_VERSION } from '../model/lesson/stored-measurement.ts';
import type { StoredMeasurements } from '../model/lesson/stored-measurement.ts';
import { readingsOf } from '../model/lesson/stored-readings.ts';

// What the lessons say was measured: the readings of the ledgers that `verify` has written, on the machine that it ran on.
// `node bench/measurements.ts --command 'shop-plan verify --all-plans --full' .shop-plan/ledger-*.json`
const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    command: { type: 'string', default: 'shop-plan verify --all-plans --full' },
    to: { type: 'string', default: join(import.meta.dirname, '../lessons/measurements.json') },
  },
});
if (files.length === 0) throw new Error('name the ledgers: node bench/measurements.ts .shop-plan/ledger-*.json');

const ledgers = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Ledger);
const last_ms = Math.max(...files.map((file) => statSync(file).mtimeMs));
const { cpu, cores, memory, node } = environmentFacts();
const stored: StoredMeasurements = {
  formatVersion: MEASUREMENTS_FORMAT_VERSION,
  date: new Date(last_ms).toISOString().slice(0, 10),
  machine: `${cores} cores of ${cpu}, ${memory} of memory, Node ${node}`,
  command: values.command,
  readings: ledgers.flatMap(readingsOf).toSorted((a, b) => keyOf(a).localeCompare(keyOf(b), 'en')),
};
writeFileSync(values.to, `${JSON.stringify(stored, null, 2)}\n`);
process.stdout.write(
  `${stored.readings.length} readings of ${ledgers.map(({ plan }) => plan).join(', ')} in ${values.to}\n`,
);

function keyOf({ plan, claim, by }: StoredMeasurements['readings'][number]): string {
  return `${plan} ${claim} ${by}`;
}
