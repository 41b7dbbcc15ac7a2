import { FAULT_PARTIES } from '../../model/scenario/scenario.ts';
import type { ScenarioFault, ThirdParty } from '../../model/scenario/scenario.ts';
import { put } from './healer/remedy.ts';
import type { PreparedFault, PrepareFault } from './prepared-fault.ts';
import { instancesHit } from './targets.ts';

/** A call of each, without the key that it has to have: it is refused with 400, and has no effect. */
const CALLS: Readonly<Record<ThirdParty, string>> = {
  payment: 'payment/charges',
  email: 'email/messages',
  shipping: 'shipping/labels',
  accounting: 'accounting/bookings',
};
/** As long as it can be made to wait: longer than any timeout. */
const LATENCY_MS_MAX = 60_000;
const PROBE_MS = 1_000;
const ADMIN_MS = 2_000;

/** Third parties are told how to behave; `crash` is an answer of 503 to everything, `hang` none for a minute. */
export const thirdParty: PrepareFault = async (fault, site): Promise<PreparedFault> => {
  const [process] = await instancesHit({ ...fault, instances: 1 }, site);
  const base = `http://127.0.0.1:${process?.port}`;
  const parties = fault.party === undefined ? FAULT_PARTIES : [fault.party];
  const admin = parties.map((party) => `${base}/admin/${party}`);
  const before = await Promise.all(admin.map(behaviourAt));
  const ask = (): Promise<Answered[]> => Promise.all(parties.map((party) => call(`${base}/${CALLS[party]}`)));
  return {
    targets: parties.map((party) => `${fault.tier}: ${party}`),
    shaken: [],
    remedies: admin.map((url, index) => ({ kind: 'put', url, body: before[index] ?? '' })),
    inject: async () => {
      const body = JSON.stringify(behaviourFor(fault));
      await Promise.all(admin.map((url) => put(url, body)));
    },
    effect: async () => {
      const answers = await ask();
      if (!answers.every((answer) => isHit(answer, fault))) throw new Error(describe(answers));
      return `${parties.join(', ')}: ${describe(answers)}`;
    },
    whole: async () => {
      const now = await Promise.all(admin.map(behaviourAt));
      if (now.some((each, index) => each !== before[index])) throw new Error('third parties do not behave as before');
    },
  };
};

function behaviourFor({ kind, factor }: ScenarioFault): Record<string, number | boolean> {
  if (kind === 'crash') return { outage: true };
  if (kind === 'errors') return { error_share: factor };
  if (kind === 'limit') return { calls: Math.round(factor), window_ms: 1_000 };
  return { latency_ms: kind === 'hang' ? LATENCY_MS_MAX : Math.min(LATENCY_MS_MAX, factor * 1_000) };
}

interface Answered {
  /** 0 when there was none within a second. */
  readonly status: number;
  readonly took_ms: number;
}

function isHit({ status, took_ms }: Answered, { kind, factor }: ScenarioFault): boolean {
  if (kind === 'crash') return status === 503;
  if (kind === 'errors') return status === 500;
  if (kind === 'limit') return status === 429;
  return kind === 'hang' ? status === 0 : status === 0 || took_ms >= factor * 1_000;
}

function describe(answers: readonly Answered[]): string {
  return answers
    .map(({ status, took_ms }) => `${status === 0 ? 'no answer' : `answers ${status}`} after ${Math.round(took_ms)} ms`)
    .join(', ');
}

async function call(url: string): Promise<Answered> {
  const began_ms = performance.now();
  const status = await statusOf(url);
  return { status, took_ms: performance.now() - began_ms };
}

async function statusOf(url: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  try {
    const response = await fetch(url, { method: 'POST', headers, body: '{}', signal: AbortSignal.timeout(PROBE_MS) });
    return response.status;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return 0;
    throw error;
  }
}

async function behaviourAt(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ADMIN_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return await response.text();
}
