/** The anchors that GitHub gives the headings of a Markdown text. */
export function headingAnchors(markdown: string): string[] {
  const text = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
  const seen = new Map<string, number>();
  return [...text.matchAll(/^#{1,6} +(.+?)\s*$/gm)].map(([, heading = '']) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}
