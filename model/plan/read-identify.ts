import type { Node, Source } from '../document/source.ts';
import { HEADER_NAME, RESERVED_HEADERS } from '../workload/check-header.ts';
import type { Identify, RequestClass } from './plan.ts';

/** What of a request class an id has to go with. */
interface Identified {
  readonly method: RequestClass['method'] | undefined;
  readonly headers: RequestClass['headers'];
  readonly body: string | undefined;
}

/** Reads `identify`: the header, or the field of the body, that takes an id which the client has chosen. */
export function readIdentify(source: Source, node: Node, { method, headers, body }: Identified): Identify | undefined {
  if (node === undefined) return undefined;
  const fields = source.fields(node, '`identify`', ['header', 'body']);
  const [place, ...more] = (['header', 'body'] as const).filter((key) => fields[key] !== undefined);
  const help = 'as in `identify: { header: Idempotency-Key }`';
  if (!place) return source.report('MISSING_KEY', node, '`identify` needs `header` or `body`', { help });
  if (more.length > 0) return source.report('DUPLICATE', node, 'an id stands in a header or in the body', { help });
  const text = source.text_of(fields[place], `\`${place}\``);
  if (text === undefined) return undefined;
  const name = place === 'header' ? text.toLowerCase() : text;
  if (method === 'GET' || method === 'DELETE') {
    return source.report('RANGE', node, `a ${method} makes nothing that could be found again by its id`, {
      help: 'leave `identify` out',
    });
  }
  if (place === 'header' && (!HEADER_NAME.test(name) || RESERVED_HEADERS.has(name))) {
    return source.report('RANGE', fields[place], `\`${text}\` is no header that a request class may set`);
  }
  const given = place === 'header' ? headers : bodyFields(body);
  if (given && name in given) {
    return source.report('DUPLICATE', fields[place], `\`${text}\` has a value already, and it is to be the id`, {
      help: `take it out of \`${place === 'header' ? 'headers' : 'body'}\``,
    });
  }
  return { in: place, name };
}

/** A body is a mapping, as its reader saw to. */
function bodyFields(body: string | undefined): object | undefined {
  const fields: unknown = body === undefined ? undefined : JSON.parse(body);
  return typeof fields === 'object' && fields !== null ? fields : undefined;
}
