/** What XML 1.0 has no place for, not even as a reference: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Any text for XML between tags; what XML cannot hold becomes U+FFFD. */
export function xmlText(text: string): string {
  return text.replaceAll(NOT_XML, '\uFFFD').replaceAll(/[&<>"'\r]/g, (each) => REFERENCES[each] ?? each);
}

/** The same within quotes, where a reader would make spaces of line ends and tabs. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll(/[\t\n]/g, (each) => REFERENCES[each] ?? each);
}

export interface XmlElement {
  readonly tag: string;
  /** Those that are undefined are left out. */
  readonly attributes?: Readonly<Record<string, string | number | undefined>>;
  readonly children?: readonly XmlElement[];
  readonly text?: string;
}

/** An element with all below it, two spaces a level; ends with a line end. */
export function writeXml(element: XmlElement, indent = ''): string {
  const { tag, attributes = {}, children = [], text = '' } = element;
  const written = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}="${xmlAttribute(String(value))}"`],
  );
  const open = `${indent}<${tag}${written.join('')}`;
  if (children.length === 0 && text === '') return `${open}/>\n`;
  if (children.length === 0) return `${open}>${xmlText(text)}</${tag}>\n`;
  return `${open}>\n${children.map((child) => writeXml(child, `${indent}  `)).join('')}${indent}</${tag}>\n`;
}
