import { readFileSync, readdirSync } from 'node:fs';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { PICTURES } from '../../bench/pictures/pictures.ts';
import { readAnsi } from '../../bench/pictures/read-ansi.ts';
import { terminalSvg } from '../../bench/pictures/terminal-svg.ts';

const names = Object.keys(PICTURES);

describe('docs/pictures', () => {
  it('holds what is drawn, and nothing else', () =>
    expect(readdirSync('docs/pictures').toSorted()).toEqual(names.toSorted()));

  // To draw them anew: node bench/pictures.ts
  it.each(names)('%s shows what the commands print now', async (name) => {
    expect(await PICTURES[name]?.()).toBe(readFileSync(`docs/pictures/${name}`, 'utf8'));
  });

  it.each(names)('%s is well-formed, says what it is, and loads and runs nothing', (name) => {
    const svg = readFileSync(`docs/pictures/${name}`, 'utf8');
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).toMatch(
      /role="img" aria-labelledby="title description"[^]*<title id="title">[^<]+<[^]*<desc id="description">[^<]+</,
    );
    expect(svg).not.toMatch(/<script|<image|<foreignObject|href|@import|url\(|\son\w+=/);
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
  });
});

describe('readAnsi', () => {
  it('reads colours, bold and dim, also over the end of a line', () => {
    expect(readAnsi('a \u001B[32mgood\u001B[39m\n\u001B[1mbold\nstill\u001B[22m \u001B[2mdim\u001B[22m')).toEqual([
      [
        { text: 'a ', colour: 'ink', bold: false },
        { text: 'good', colour: 'good', bold: false },
      ],
      [{ text: 'bold', colour: 'ink', bold: true }],
      [
        { text: 'still', colour: 'ink', bold: true },
        { text: ' ', colour: 'ink', bold: false },
        { text: 'dim', colour: 'faint', bold: false },
      ],
    ]);
  });

  it('refuses what it does not know', () => expect(() => readAnsi('\u001B[2Jx')).toThrow('2J'));
});

describe('terminalSvg', () => {
  const frame = (text: string, seconds: number) => ({ lines: readAnsi(text), seconds });
  const picture = { title: 'a <b>', description: 'c & d', columns: 40 };

  it('escapes what it is given, and puts columns where the terminal has them', () => {
    const svg = terminalSvg({ ...picture, frames: [frame('<i>  ✓ two', 0)] });
    expect(svg).toContain('<title id="title">a &lt;b&gt;</title>');
    expect(svg).toContain(
      '<tspan x="20" textLength="25.2" lengthAdjust="spacingAndGlyphs" class="ink">&lt;i&gt;</tspan>',
    );
    expect(svg).toContain('<tspan x="62" textLength="42" ');
    expect(svg).not.toContain('@keyframes');
  });

  it('shows frames once, one after the other, and only the last where nothing is to move', () => {
    const svg = terminalSvg({ ...picture, frames: [frame('one', 2), frame('two', 3), frame('three', 1)] });
    expect(svg).toContain('#f0{visibility:hidden;animation:show 2s step-end 0s}');
    expect(svg).toContain('#f1{visibility:hidden;animation:show 3s step-end 2s}');
    expect(svg).toContain('#f2{animation:wait 5s step-end}');
    expect(svg).not.toContain('infinite');
    expect(svg).toContain('@media (prefers-reduced-motion:reduce){g{animation:none!important}}');
  });
});
