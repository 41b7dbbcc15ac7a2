import type { ClaimReadings } from '../../model/lesson/claim-readings.ts';
import type { StoredMeasurements, StoredReading } from '../../model/lesson/stored-measurement.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { CLAIM_SYMBOL, inClaimedUnit } from '../claim-amount.ts';
import type { Block, Cell, TableBlock } from '../document.ts';
import { textWidth } from '../text-width.ts';

const right = 'right' as const;
const NONE = '-';

/** Claims with what the document says, what follows, what was simulated and measured, and the verdict; once when and on what that was. */
export function measuredBlocks(claims: readonly ClaimReadings[], measurements: StoredMeasurements): Block[] {
  if (claims.length === 0) return [];
  return [tableOf(claims), { kind: 'paragraph', text: conditionsText(claims, measurements) }];
}

/** Of each claim how it came out, why, and where it was seen. */
export function evidenceBlocks(claims: readonly ClaimReadings[], plan: Plan): Block[] {
  return claims.map((claim) => ({
    kind: 'item',
    title: `${nameOf(claim.row.claim)}: ${CLAIM_SYMBOL[claim.verdict]} ${claim.verdict}`,
    lines: linesOf(claim, plan),
  }));
}

/** The widest that the table may be; beyond it the verdict stands with the evidence only. */
const TABLE_WIDTH = 80;
const NAME_MIN = 16;
const GAP = 2;

function tableOf(claims: readonly ClaimReadings[]): TableBlock {
  const titles = ['claimed', 'computed', 'simulated', 'measured'];
  const numbers = claims.map(({ row, simulated, measured }) => [
    row.claimed,
    row.computed ? inClaimedUnit(row.computed.value, row) : NONE,
    ...[simulated, measured].map((reading) => (reading ? inClaimedUnit(reading.value, row) : NONE)),
  ]);
  const verdicts = claims.map(({ verdict }) => verdict);
  const taken = [...(numbers[0]?.keys() ?? [])].map((column) =>
    Math.max(...[titles, ...numbers].map((cells) => textWidth(cells[column] ?? ''))),
  );
  const widest = Math.max(...verdicts.map(textWidth));
  const hasRoom = taken.reduce((sum, each) => sum + each + GAP, NAME_MIN + GAP + widest) <= TABLE_WIDTH;
  return {
    kind: 'table',
    name: 'claims',
    columns: [
      { title: 'what', flexible: true },
      ...titles.map((title) => ({ title, align: right })),
      ...(hasRoom ? [{ title: 'verdict' }] : []),
    ],
    rows: claims.map(({ row }, index): Cell[] => [
      nameOf(row.claim),
      ...(numbers[index] ?? []),
      ...(hasRoom ? [verdicts[index] ?? ''] : []),
    ]),
    data: claims.map(({ row, simulated, measured, verdict }) => ({
      claim: row.claim,
      claimed: row.claimed,
      unit: row.unit,
      computed: row.computed?.value ?? null,
      simulated: simulated?.value ?? null,
      measured: measured?.value ?? null,
      verdict,
    })),
  };
}

/** A claim's id as words, so that it can be wrapped and read aloud. */
function nameOf(claim: string): string {
  return claim.replaceAll(/[._]/g, ' ');
}

function linesOf({ row, simulated, measured }: ClaimReadings, plan: Plan): string[] {
  const document = plan.documents.get(row.document) ?? row.document;
  const seen = [measured, simulated].filter((reading) => reading !== null);
  const places = [...Map.groupBy(seen, placeText)].map(([place, readings]) => `${seenText(readings)} as ${place}.`);
  const computed = row.computed ? [`Computed as \`${row.computed.formula}\`.`] : [];
  return [
    ...(row.note === undefined ? [] : [`${capitalised(row.note)}.`]),
    [`From ${document}, ${row.section}.`, ...computed, ...places].join(' '),
  ];
}

function seenText(readings: readonly StoredReading[]): string {
  return capitalised(readings.map(({ by }) => by).join(' and '));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function placeText({ metric, scenario, step }: StoredReading): string {
  return `\`${metric}\` in \`${scenario}\` on step ${step}`;
}

function conditionsText(claims: readonly ClaimReadings[], { date, machine, command }: StoredMeasurements): string {
  const isSeen = claims.some(({ simulated, measured }) => simulated ?? measured);
  const isMissing = claims.some(({ row, simulated, measured }) => !row.computed || !simulated || !measured);
  return [
    'Values are in the unit of what is claimed.',
    ...(isSeen ? [`Readings are of ${date}, on ${machine}; \`${command}\` repeats them.`] : []),
    ...(isMissing
      ? [`A reading that is missing (\`${NONE}\`) is one that nothing computes, or that was never run.`]
      : []),
  ].join(' ');
}
