import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { classByHand, observationByHand } from '../../model/judge/observation-by-hand.ts';
import { fullResult } from '../testing/full-result.ts';
import { hourLong } from '../testing/hour-long.ts';
import { resultHtml } from './result-html.ts';

const NOT_JUDGED = { outcome: 'NOT_JUDGED', verdicts: [], validity: [] } as const;
const HOSTILE = `"'><script>alert(1)</script></style></title><img src=x onerror=alert(1)>]]>-->&amp;`;

/** Text and tags of a page, taken apart as roughly as an attack would hope for. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<([a-z][\w-]*)/gi)].map((match) => (match[1] ?? '').toLowerCase());
}

describe('resultHtml', () => {
  it('has what there is, and nothing of what there is not', () => {
    const whole = resultHtml(fullResult());
    for (const id of [
      'gate',
      'suspects',
      'not-run',
      'comparisons',
      'ledger-1',
      'run-1',
      'run-2',
      'run-1-predictions',
    ]) {
      expect(whole).toContain(`<section id="${id}"`);
      if (!id.includes('-predictions')) expect(whole).toContain(`href="#${id}"`);
    }
    expect(whole).not.toMatch(/NaN|Infinity|undefined/);
    const bare = resultHtml({ title: 'nothing', outcome: 'NOT_JUDGED', runs: [] });
    expect(bare).not.toContain('<section');
    expect(bare).toContain('NOT JUDGED');
    expect(bare).toContain('There was no criterion.');
  });

  it('makes no markup of any name', () => {
    const [plain, hostile] = [resultHtml(fullResult()), resultHtml(fullResult(HOSTILE))];
    expect(hostile).not.toContain('<script>alert');
    expect(hostile).not.toContain('<img');
    expect(tagsOf(hostile).toSorted()).toEqual(tagsOf(plain).toSorted());
  });

  it('asks for nothing: no address but places of its own, and a policy that forbids the rest', () => {
    const page = resultHtml({ ...fullResult(), runs: [hourLong()] });
    const addresses = [...page.matchAll(/\s(?:src|href|action|data|poster|srcset)="([^"]*)"/g)].map(
      (match) => match[1],
    );
    expect(addresses.filter((address) => !address?.startsWith('#'))).toEqual(['data:,']);
    expect(page).not.toMatch(/url\(|@import|https?:\/\//);
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(page).toContain(`script-src &#39;sha256-${createHash('sha256').update(script).digest('base64')}&#39;`);
    expect(page).toContain('default-src &#39;none&#39;');
  });

  it('of an hour with twelve classes is below 2 MB, and shows the spike of a single second', () => {
    const run = hourLong();
    const intervals = run.observation.intervals.map((interval, second) =>
      second === 3000 ? { ...interval, response_us: { ...interval.response_us, p99: 7_654_321 } } : interval,
    );
    const page = resultHtml({
      title: 'an hour',
      outcome: 'FAIL',
      runs: [{ ...run, observation: { ...run.observation, intervals } }],
    });
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(page).toContain('7.65 s)');
  });

  it('shows how journeys fared below the requests that they consist of', () => {
    const journeys = [classByHand({ class: 'journey.buy', latencies: [[2_000_000, 100]] })];
    const observation = observationByHand([classByHand({ latencies: [[20_000, 300]] })], { journeys });
    const page = resultHtml({ title: 'journeys', outcome: 'PASS', runs: [{ observation, judgement: NOT_JUDGED }] });
    expect(page).toMatch(/<th scope="row">search<[^]*<th scope="row">journey\.buy</);
  });

  it('of a run that was cut off before anything was sent still says what it was', () => {
    const observation = observationByHand([], { intervals: [], phases: [], tiers: [], complete: false });
    const page = resultHtml({ title: 'cut off', outcome: 'INVALID', runs: [{ observation, judgement: NOT_JUDGED }] });
    expect(page).toContain('the run ended early');
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('of a simulation shows how much of each tier was in use', () => {
    const series = [0, 10, 20].map((at_s) => ({ at_s, utilisation: 0.5, queue_length: 3, instances: 2 }));
    const observation = observationByHand([classByHand({ latencies: [[20_000, 300]] })], {
      tiers: [{ tier: 'app', series }],
    });
    const page = resultHtml({ title: 'simulated', outcome: 'PASS', runs: [{ observation, judgement: NOT_JUDGED }] });
    expect(page).toContain('Share of the capacity of each tier that was in use');
    expect(page).not.toContain('Processor cores that each tier used');
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('says a reason that holds for the whole run once, not with every criterion', () => {
    const run = hourLong();
    const detail = 'the rate was not reached';
    const judgement = {
      ...run.judgement,
      verdicts: run.judgement.verdicts.map((verdict) => ({ ...verdict, status: 'INVALID' as const, because: detail })),
      validity: [{ name: 'rate', severity: 'invalid' as const, ok: false, detail, help: 'lower it' }],
    };
    const page = resultHtml({ title: 'invalid', outcome: 'INVALID', runs: [{ ...run, judgement }] });
    // Once before the figures, once in the table of checks.
    expect(page.split(detail)).toHaveLength(3);
  });
});
