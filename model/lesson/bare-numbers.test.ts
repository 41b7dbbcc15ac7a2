import { describe, expect, it } from 'vitest';
import { bareNumbers, mentions } from './bare-numbers.ts';

describe('bareNumbers', () => {
  it.each([
    ['One server answers 7,000 requests.', ['7,000']],
    ['It costs $4,500 a month, 10% more.', ['$4,500', '10%']],
    ['Three servers and twenty-five workers, tenfold.', ['Three', 'twenty', 'five', 'tenfold']],
    ['Half a million users, dozens of teams.', ['million', 'dozens']],
    ['seventeen, forty, Hundreds', ['seventeen', 'forty', 'Hundreds']],
    ['½ of it, 1.25 PB', ['½', '1.25']],
    ['In step 2, 5 servers', ['5']],
    ['`hash(key) % 4`', ['4']],
    ['between `code` x2 and `code`', ['2']],
  ])('finds them in: %s', (text, found) => expect(bareNumbers(text).map((each) => each.text)).toEqual(found));

  it.each([
    'One or two of them, once, twice, a half, a third party.',
    'The p95, p99.9, S3, EC2, L1 and L7, HTTP 503 and HTTP/2, UTF-8, SHA-256, base62, IPv4, TLS 1.3.',
    'A db.r5.2xlarge, a t3.medium, Route 53.',
    'Step 2, steps 1 and 3, lesson 4, Phase 2, year 2, section 2.3.1, ADR-001.',
    'As `traffic.step_1` or `explain step_1.app.demand` have it; freight, often, tense, weight.',
  ])('lets names be: %s', (text) => expect(bareNumbers(text)).toEqual([]));

  it('says where they stand', () => expect(bareNumbers('a 12 b').map(({ offset }) => offset)).toEqual([2]));
});

describe('mentions', () => {
  it('finds each step and lesson with its place', () => {
    expect(mentions('See steps 1, 2 and 13, and Lesson 4.')).toEqual([
      { of: 'step', number: 1, text: '1', offset: 10 },
      { of: 'step', number: 2, text: '2', offset: 13 },
      { of: 'step', number: 13, text: '13', offset: 19 },
      { of: 'lesson', number: 4, text: '4', offset: 34 },
    ]);
  });
});
