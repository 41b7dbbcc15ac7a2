import type { Node, Source } from '../document/source.ts';
import { nearest } from '../document/nearest.ts';
import type { LessonContext } from './lesson-context.ts';
import { codeName } from './lesson-values.ts';

/** Ids of quantities of the plan whose derivation is shown. */
export function readQuantityIds({ source, plan }: LessonContext, node: Node): string[] {
  return readNames(source, node, '`arithmetic`', (id) => {
    if (plan.quantities.has(id)) return id;
    const near = nearest(id, plan.quantities.keys());
    return { message: `no quantity is called \`${id}\``, help: near ? `did you mean \`${near}\`?` : ALL_QUANTITIES };
  });
}

/** Ids of claims of the plan, as the plan has them. */
export function readClaimIds({ source, values: { claims } }: LessonContext, node: Node): string[] {
  return readNames(source, node, '`measured`', (id) => {
    const claim = claims.get(codeName(id));
    if (claim) return claim.id;
    const near = nearest(codeName(id), claims.keys());
    const help = near === undefined ? ALL_CLAIMS : `did you mean \`${claims.get(near)?.id ?? near}\`?`;
    return { message: `no claim is called \`${id}\``, help };
  });
}

const ALL_QUANTITIES = '`shop-plan estimate --full` lists all names';
const ALL_CLAIMS = '`shop-plan audit --full` lists all claims';

function readNames(
  source: Source,
  node: Node,
  what: string,
  find: (id: string) => string | { message: string; help: string },
): string[] {
  if (node === undefined) return [];
  return source.items(node, what).flatMap((item) => {
    const id = source.text_of(item, 'a name');
    if (id === undefined) return [];
    const found = find(id);
    if (typeof found === 'string') return [found];
    source.report('UNKNOWN_NAME', item, found.message, { help: found.help });
    return [];
  });
}

/** Command lines of shop-plan, without its name in front. */
export function readCommands({ source }: LessonContext, node: Node): string[] {
  if (node === undefined) return [];
  return source.items(node, '`commands`').flatMap((item) => {
    const command = source.text_of(item, 'a command');
    if (!command?.startsWith('shop-plan')) return command ?? [];
    const help = `write \`${command.slice('shop-plan'.length).trim()}\``;
    source.report('TYPE', item, 'a command is written without `shop-plan`', { help });
    return [];
  });
}

/** Files of this project with an anchor where there is one, from the root on. */
export function readLinks({ source }: LessonContext, node: Node): string[] {
  if (node === undefined) return [];
  return source.items(node, '`links`').flatMap((item) => {
    const link = source.text_of(item, 'a link');
    if (link === undefined || /^[\w-]+(?:\/[\w.-]+)*\.md(?:#[\w-]+)?$/.test(link)) return link ?? [];
    const help = 'write a path from the root on, as in `docs/formulas.md#queues`';
    source.report('TYPE', item, `\`${link}\` is no document of this project`, { help });
    return [];
  });
}
