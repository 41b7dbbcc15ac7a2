import type { ClaimReadings } from '../../model/lesson/claim-readings.ts';
import type { StoredMeasurements, StoredReading } from '../../model/lesson/stored-measurement.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { CLAIM_SYMBOL, claimAmountText, inClaimedUnit } from '../claim-amount.ts';
import type { Block, Cell, TableBlock } from '../document.ts';

const right = 'right' as const;
const NONE = '-';

/**
 * Claims by number with what the document says, what follows, what was simulated and measured, and the verdict; below, the questions, and once
 * when and on what that was. `plain` says each claim in one sentence.
 */
export function measuredBlocks(
  claims: readonly ClaimReadings[],
  measurements: StoredMeasurements,
  { plain }: { readonly plain: boolean },
): Block[] {
  if (claims.length === 0) return [];
  const questions = claims.map((claim, index) => `${index + 1}. ${questionOf(claim)}`);
  return [
    ...(plain ? [] : [tableOf(claims)]),
    ...questions.map((title, index): Block => {
      const claim = claims[index];
      return { kind: 'item', title, lines: plain && claim ? [readingsText(claim)] : [] };
    }),
    { kind: 'paragraph', text: conditionsText(claims, measurements, plain) },
  ];
}

/** Of each claim, by the same numbers, how it came out and on what that rests, why, and where it was seen. */
export function evidenceBlocks(claims: readonly ClaimReadings[], plan: Plan): Block[] {
  return claims.map((claim, index) => ({
    kind: 'item',
    title: `${index + 1}. ${questionOf(claim)}`,
    lines: linesOf(claim, plan),
  }));
}

function questionOf({ row }: ClaimReadings): string {
  return capitalised(row.asks);
}

/** `Contradicted, as measured`. */
function verdictText({ verdict, restsOn }: ClaimReadings): string {
  return `${capitalised(verdict)}${restsOn === null ? '' : `, as ${restsOn}`}`;
}

const SEEN = ['computed', 'simulated', 'measured'] as const;

/** Columns in which no claim has anything stay out, so that the verdict always has room. */
function tableOf(claims: readonly ClaimReadings[]): TableBlock {
  const seen = SEEN.filter((by) => claims.some((claim) => valueOf(claim, by) !== undefined));
  return {
    kind: 'table',
    name: 'claims',
    columns: [
      { title: 'no.' },
      ...['claimed', ...seen].map((title) => ({ title, align: right })),
      { title: 'verdict' },
    ],
    rows: claims.map((claim, index): Cell[] => [
      String(index + 1),
      claim.row.claimed,
      ...seen.map((by) => {
        const value = valueOf(claim, by);
        return value === undefined ? NONE : inClaimedUnit(value, claim.row);
      }),
      claim.verdict,
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

function valueOf(claim: ClaimReadings, by: (typeof SEEN)[number]): number | undefined {
  return by === 'computed' ? claim.row.computed?.value : claim[by]?.value;
}

/** `Claimed < 2 s, measured 71.3 ms. Holds, as measured.`: what nothing shows is not spoken of. */
function readingsText(claim: ClaimReadings): string {
  const seen = SEEN.flatMap((by) => {
    const value = valueOf(claim, by);
    return value === undefined ? [] : [`${by} ${claimAmountText(value, claim.row)}`];
  });
  return `${[`Claimed ${claim.row.claimed}`, ...seen].join(', ')}. ${verdictText(claim)}.`;
}

function linesOf(claim: ClaimReadings, plan: Plan): string[] {
  const { row, simulated, measured, verdict } = claim;
  const document = plan.documents.get(row.document) ?? row.document;
  const seen = [measured, simulated].filter((reading) => reading !== null);
  const places = [...Map.groupBy(seen, placeText)].map(([place, readings]) => `${seenText(readings)} as ${place}.`);
  const computed = row.computed ? [`Computed as \`${row.computed.formula}\`.`] : [];
  return [
    `${CLAIM_SYMBOL[verdict]} ${verdictText(claim)}.${row.note === undefined ? '' : ` ${capitalised(row.note)}.`}`,
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

function conditionsText(
  claims: readonly ClaimReadings[],
  { date, machine, command }: StoredMeasurements,
  plain: boolean,
): string {
  const isSeen = claims.some(({ simulated, measured }) => simulated ?? measured);
  return [
    ...(plain
      ? []
      : [`Values are in the unit of what is claimed; \`${NONE}\` is what nothing computes, or was not run.`]),
    ...(isSeen ? [`Readings are of ${date}, on ${machine}; \`${command}\` repeats them.`] : []),
  ].join(' ');
}
