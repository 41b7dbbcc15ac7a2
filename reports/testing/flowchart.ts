/** What a flowchart of Mermaid says, of the part of its language that is written here. */
export interface Flowchart {
  /** By id. */
  readonly nodes: ReadonlyMap<string, { readonly shape: string; readonly lines: readonly string[] }>;
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly dotted: boolean;
    readonly label: string;
  }[];
  /** Ids of the nodes of each class. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
}

const NODE = /^ {2}([A-Za-z]\w*)(\(\[|\[\(|\[|\{)"([^"]+)"(\]\)|\)\]|\]|\})$/;
const EDGE = /^ {2}([A-Za-z]\w*) (-->|-\.->)(?:\|("?)([^|"]+)\3\|)? ([A-Za-z]\w*)$/;
const STYLE = /^ {2}classDef ([A-Za-z]\w*) [a-z-]+:[\w .-]+$/;
const CLASS = /^ {2}class ([\w,]+) ([A-Za-z]\w*)$/;
const CLOSED: Readonly<Record<string, string>> = { '([': '])', '[(': ')]', '[': ']', '{': '}' };
const RESERVED = ['end', 'graph', 'flowchart', 'subgraph', 'class', 'classDef', 'style', 'click', 'default'];

/** Reads a flowchart strictly. @throws Error with the line that is not of the language, or names what is not there */
export function readFlowchart(text: string): Flowchart {
  const [first, ...lines] = text.split('\n');
  if (first !== 'flowchart TB') throw new Error(`no flowchart: ${first}`);
  const nodes = new Map<string, { shape: string; lines: string[] }>();
  const edges: Flowchart['edges'][number][] = [];
  const styles = new Set<string>();
  const classes = new Map<string, string[]>();
  for (const line of lines) {
    const [, id = '', open = '', label = '', close = ''] = NODE.exec(line) ?? [];
    const [, from = '', arrow = '', , said = '', to = ''] = EDGE.exec(line) ?? [];
    const [, style = ''] = STYLE.exec(line) ?? [];
    const [, members = '', name = ''] = CLASS.exec(line) ?? [];
    if (id !== '' && CLOSED[open] === close && !nodes.has(id) && !RESERVED.includes(id)) {
      nodes.set(id, { shape: open, lines: label.split('<br/>').map(readLabel) });
    } else if (nodes.has(from) && nodes.has(to))
      edges.push({ from, to, dotted: arrow !== '-->', label: readLabel(said) });
    else if (style !== '') styles.add(style);
    else if (styles.has(name) && members.split(',').every((member) => nodes.has(member))) {
      classes.set(name, members.split(','));
    } else throw new Error(`not of the language, or of nothing that is there: ${line}`);
  }
  return { nodes, edges, classes };
}

function readLabel(label: string): string {
  const codes = /#(\d+);/g;
  if (/[<>"`&#]/.test(label.replaceAll(codes, ''))) throw new Error(`markup in the label ${label}`);
  return label.replaceAll(codes, (_, code: string) => String.fromCodePoint(Number(code)));
}
