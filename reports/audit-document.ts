import { AUDIT_VERDICTS } from '../model/claims/audit.ts';
import type { Audit, AuditedClaim, AuditVerdict, Disagreement } from '../model/claims/audit.ts';
import { formatNumber } from '../model/units/format.ts';
import { amountText, percentText } from './amount-text.ts';
import type { Block, DataRow, ReportDocument, TableBlock, Tone } from './document.ts';

export interface AuditDocumentOptions {
  /** Verdicts to list claim by claim. */
  readonly verdicts: readonly AuditVerdict[];
}

const MARKS: Readonly<Record<AuditVerdict, string>> = {
  holds: '✓',
  close: '≈',
  contradicted: '✗',
  'needs a run': '…',
  'not derivable': '?',
};
const TONES: Readonly<Record<AuditVerdict, Tone>> = {
  holds: 'good',
  close: 'warn',
  contradicted: 'bad',
  'needs a run': 'dim',
  'not derivable': 'dim',
};
const HEADINGS: Readonly<Record<AuditVerdict, string>> = {
  holds: 'Holds',
  close: 'Close: within 5 %, but not what the figure says',
  contradicted: 'Contradicted',
  'needs a run': 'Only a running system can settle',
  'not derivable': 'Not derivable: nothing that is stated leads there',
};

/** The audit: totals first, then the claims of the wanted verdicts with their arithmetic, then disagreements. */
export function auditDocument(audit: Audit, { verdicts }: AuditDocumentOptions): ReportDocument {
  const news = audit.claims.filter(({ asKnown }) => !asKnown);
  return [
    {
      kind: 'heading',
      text: `${audit.claims.length} ${audit.claims.length === 1 ? 'claim' : 'claims'} of ${audit.plans.join(', ')}`,
    },
    totalsTable(audit),
    ...newsBlocks(news),
    ...AUDIT_VERDICTS.filter((verdict) => verdicts.includes(verdict)).flatMap((verdict) => listed(audit, verdict)),
    ...disagreementBlocks(audit.disagreements),
  ];
}

function totalsTable({ totals, claims, plans }: Audit): TableBlock {
  const count = (plan: string, verdict: AuditVerdict): number =>
    claims.filter((claim) => claim.plan === plan && claim.verdict === verdict).length;
  const right = 'right' as const;
  const several = plans.length > 1;
  return {
    kind: 'table',
    name: 'claims',
    columns: [
      { title: '' },
      ...(several ? plans.map((plan) => ({ title: plan, align: right })) : []),
      { title: 'claims', align: right },
    ],
    rows: AUDIT_VERDICTS.map((verdict) => [
      { text: `${MARKS[verdict]} ${verdict}`, tone: TONES[verdict] },
      ...(several ? plans.map((plan) => String(count(plan, verdict))) : []),
      String(totals[verdict]),
    ]),
    data: claims.map(dataOf),
  };
}

function dataOf({ plan, claim, document, section, claimed, verdict, computed, unit, scenario }: AuditedClaim): DataRow {
  return {
    plan,
    claim,
    document,
    section,
    claimed,
    verdict,
    computed: computed?.value ?? null,
    unit,
    formula: computed?.formula ?? null,
    scenario: scenario ?? null,
  };
}

function newsBlocks(news: readonly AuditedClaim[]): Block[] {
  if (news.length === 0) return [];
  const text = 'News: these come out worse than the plan records as `known`';
  return [{ kind: 'heading', text }, ...news.map((claim) => itemOf(claim))];
}

function listed({ claims, plans }: Audit, verdict: AuditVerdict): Block[] {
  const own = claims.filter((claim) => claim.verdict === verdict && claim.asKnown);
  if (own.length === 0) return [];
  return [{ kind: 'heading', text: HEADINGS[verdict] }, ...own.map((claim) => itemOf(claim, plans.length > 1))];
}

function itemOf(claim: AuditedClaim, withPlan = true): Block {
  const { plan, verdict, computed, scenario, note } = claim;
  const says = `says ${claim.claimed}`;
  const title = `${MARKS[verdict]} ${withPlan ? `${plan}/` : ''}${claim.claim}: ${says}${comesTo(claim)}`;
  const lines = [
    `${claim.document}, ${claim.section}`,
    ...(computed ? [arithmeticText(claim)] : []),
    ...(scenario === undefined ? [] : [`scenario \`${scenario}\` settles it`]),
    ...(note === undefined ? [] : [note]),
  ];
  return { kind: 'item', title, tone: TONES[verdict], lines };
}

/** The computed value in the unit that the document uses, so that the two can be compared at a glance. */
function comesTo({ computed, claimedUnit, verdict }: AuditedClaim): string {
  if (!computed) return '';
  const { symbol, factor } = claimedUnit;
  const value = symbol === '%' ? percentText(computed.value, 4) : inUnit(computed.value / factor, symbol);
  const { ratio } = computed;
  const times = verdict === 'contradicted' && ratio !== null && ratio > 0 ? ` (${formatNumber(ratio, 2)} times)` : '';
  return `, comes to ${value}${times}`;
}

/** `$4,306/month`, `140 ms`, `0.81`. */
function inUnit(value: number, symbol: string): string {
  if (symbol.startsWith('$')) return `$${formatNumber(value)}${symbol.slice(1)}`;
  return symbol === '' ? formatNumber(value) : `${formatNumber(value)} ${symbol}`;
}

/** The formula, and what its terms are. */
function arithmeticText({ computed }: AuditedClaim): string {
  if (!computed) return '';
  const terms = computed.terms.map(({ name, value, unit }) => `${name} ${amountText(value, unit)}`);
  const name = computed.name === undefined ? '' : `${computed.name} `;
  return `${name}= ${computed.formula}${terms.length > 0 ? ` (${terms.join(', ')})` : ''}`;
}

function disagreementBlocks(disagreements: readonly Disagreement[]): Block[] {
  if (disagreements.length === 0) return [];
  return [
    { kind: 'heading', text: 'Stated more than once, and differently' },
    ...disagreements.map(({ factor, statements }): Block => ({
      kind: 'item',
      title: `✗ ${statements.map(({ claimed }) => claimed).join(' / ')}${factor > 1.01 ? ` (${formatNumber(factor, 2)} times)` : ''}`,
      tone: 'bad',
      lines: statements.map(
        ({ claimed, document, section, claim }) => `${claimed}: ${document}, ${section} (${claim})`,
      ),
    })),
  ];
}
