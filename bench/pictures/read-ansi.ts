/** How a stretch of terminal text is drawn. */
export interface Look {
  readonly colour: 'ink' | 'good' | 'bad' | 'warn' | 'link' | 'faint';
  readonly bold: boolean;
}

export interface Stretch extends Look {
  readonly text: string;
}

const PLAIN: Look = { colour: 'ink', bold: false };

/** What `cli/terminal.ts` writes: chalk's sixteen colours, bold and dim, each with the code that ends it. */
const CODES: Readonly<Record<string, (look: Look) => Look>> = {
  '0': () => PLAIN,
  '1': (look) => ({ ...look, bold: true }),
  '2': (look) => ({ ...look, colour: 'faint' }),
  '22': ({ colour }) => ({ colour: colour === 'faint' ? 'ink' : colour, bold: false }),
  '31': (look) => ({ ...look, colour: 'bad' }),
  '32': (look) => ({ ...look, colour: 'good' }),
  '33': (look) => ({ ...look, colour: 'warn' }),
  '36': (look) => ({ ...look, colour: 'link' }),
  '39': (look) => ({ ...look, colour: 'ink' }),
};

/** The lines of a coloured output, each as stretches of one look. @throws Error for an escape sequence that nothing here writes. */
export function readAnsi(output: string): Stretch[][] {
  let look = PLAIN;
  return output.split('\n').map((line) => {
    const [first = '', ...rest] = line.split('\u001B[');
    const stretches: Stretch[] = [{ ...look, text: first }];
    for (const part of rest) {
      const [, codes = '', text = ''] = /^([\d;]+)m(.*)$/s.exec(part) ?? unknown(part);
      for (const code of codes.split(';')) look = (CODES[code] ?? unknown(code))(look);
      stretches.push({ ...look, text });
    }
    return stretches.filter(({ text }) => text !== '');
  });
}

function unknown(what: string): never {
  throw new Error(`no picture can be drawn of the escape sequence ${JSON.stringify(what)}`);
}
