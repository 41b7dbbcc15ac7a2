import type { LocalConfig } from './config.ts';

/** Environment variables that mark every process of a stack, so that a sweep finds what escaped its manifest. */
export const STACK_MARK = 'SHOP_PLAN_STACK';
export const STACK_ID_MARK = 'SHOP_PLAN_STACK_ID';
export const STACK_HOME_MARK = 'SHOP_PLAN_STACK_HOME';

/**
 * The environment every process of a stack starts from. Nothing is inherited: a stray PGPORT, NODE_OPTIONS or proxy
 * setting of the user's shell must not change what is measured.
 */
export function stackEnvironment(config: LocalConfig, name: string, id: string, home: string): Record<string, string> {
  return {
    PATH: config.programFolders.join(':'),
    HOME: home,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    [STACK_MARK]: name,
    [STACK_ID_MARK]: id,
    [STACK_HOME_MARK]: config.home,
  };
}
