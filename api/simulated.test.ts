import { expect, loadTest } from 'shop-plan/vitest';

const test = loadTest({ plan: 'amazon-shop', step: 4, simulated: true });

const short = (rate: string): { name: string; text: string } => ({
  name: 'short.yaml',
  text: `scenario: short\nphases: [{ name: steady, duration: 5 s, rate: '${rate}' }]\nexpect: [p95(latency) < 500 ms]\n`,
});

test('drives what is given as a text, at full scale, without a server', async ({ drive }) => {
  const run = await drive(short('500 req/s'));
  expect(run).toBeValid();
  expect(run).toMeetAll();
  expect(run).toMeet('p95(checkout) < 2 s');
  expect(run).not.toMeet('p50(latency) < 1 ms');
  expect(run.replications).toHaveLength(5);
});

test('gives the same figures for the same seed, and takes how many replications are asked for', async ({ drive }) => {
  const [a, b] = [await drive(short('100 req/s'), { seed: 7 }), await drive(short('100 req/s'), { seed: 7 })];
  expect(a.observation).toEqual(b.observation);
});

test('says with line and caret what is wrong with a scenario, and with a name', async ({ drive }) => {
  await expect(drive(short('500 reqs'))).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/short\.yaml:2:\d+: error\[SCENARIO_UNIT\][\s\S]*\^/),
  });
  await expect(drive('paek')).rejects.toMatchObject({ name: 'UsageError', help: 'did you mean `peak`?' });
});
