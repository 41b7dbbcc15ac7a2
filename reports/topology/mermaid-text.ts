/** All that neither Mermaid nor the Markdown and HTML within it could take for more than a character. */
const HARMLESS = /[^\p{L}\p{M}\p{N} ,.:×%$/()?'+=–—…·✓✗≤≥≈-]/gu;
/** What Markdown takes for the beginning of a list. */
const LIST = /^(\d+)\.|^([-+])(?=\s)/;

/** Any text within a quoted label of Mermaid, on one line: what means something there stands as its code. */
export function mermaidText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(HARMLESS, codeOf)
    .replace(LIST, (_, digits: string | undefined, sign: string | undefined) =>
      digits === undefined ? codeOf(sign ?? '') : `${digits}${codeOf('.')}`,
    );
}

/** A label of several lines, in its quotation marks. */
export function mermaidLabel(lines: readonly string[]): string {
  return `"${lines.map(mermaidText).join('<br/>')}"`;
}

/** Ids that Mermaid reads as such and takes for no word of its own, each another, by name. */
export function mermaidIds(names: readonly string[], prefix: string): Map<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of names) {
    const plain = `${prefix}_${name.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
    let id = plain;
    for (let count = 2; taken.has(id); count++) id = `${plain}_${count}`;
    taken.add(id);
    ids.set(name, id);
  }
  return ids;
}

function codeOf(character: string): string {
  return `#${character.codePointAt(0)};`;
}
