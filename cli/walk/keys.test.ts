import { describe, expect, it } from 'vitest';
import { actionFor, keysText, notOffered, offeredOn, promptFor } from './keys.ts';
import type { PageFacts } from './keys.ts';

const EVERYTHING: PageFacts = {
  hasNext: true,
  hasBack: true,
  asks: true,
  guesses: true,
  decides: true,
  hasExperiment: true,
  hasDiagram: true,
};
const NOTHING: PageFacts = {
  hasNext: false,
  hasBack: false,
  asks: false,
  guesses: false,
  decides: false,
  hasExperiment: false,
  hasDiagram: false,
};

describe('the keys of a page', () => {
  it.each<[string, PageFacts, string]>([
    ['all', EVERYTHING, 'n next, b back, h hint, a answer, t try it, m Mermaid, l list, ? keys, q quit: '],
    ['none of its own', NOTHING, 'l list, ? keys, q quit: '],
    ['a number to guess', { ...NOTHING, asks: true, guesses: true }, 'h hint, a answer, l list, ? keys, q quit: '],
    ['a question in words', { ...NOTHING, asks: true }, 'h hint, a show answer, l list, ? keys, q quit: '],
    ['a decision, which has hints of its own', { ...NOTHING, decides: true }, 'a answer, l list, ? keys, q quit: '],
  ])('with %s are named in a prompt of one line', (_, facts, prompt) => {
    expect(promptFor(offeredOn(facts))).toBe(prompt);
    expect(prompt.length).toBeLessThan(80);
  });

  it.each([
    ['n', 'next'],
    ['next', 'next'],
    ['mermaid', 'diagram'],
    ['?', 'keys'],
    ['h', undefined],
    ['x', undefined],
    ['enter', undefined],
    ['', undefined],
    ['up', undefined],
  ])('%j stands for %s', (key, action) => {
    const offered = offeredOn({ ...NOTHING, hasNext: true, hasDiagram: true });
    expect(actionFor(key, offered)).toBe(action);
  });

  it('that do nothing say which do something', () => {
    expect(notOffered('up', offeredOn(NOTHING))).toBe('That key does nothing here; press l, ? or q.');
    expect(notOffered('7000 requests', offeredOn(NOTHING))).toBe('That key does nothing here; press l, ? or q.');
    expect(notOffered('t', offeredOn(NOTHING))).toBe('On this page there is nothing to try; press l, ? or q.');
    expect(notOffered('a', offeredOn(NOTHING))).toBe('On this page nothing is asked; press l, ? or q.');
  });

  it('are explained one in a line', () => {
    const text = keysText(offeredOn(EVERYTHING));
    expect(text.trimEnd().split('\n')).toHaveLength(9);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
