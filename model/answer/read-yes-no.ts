const YES = ['y', 'yes', 'yeah', 'yep', 'ja', 'j', 'true'];
const NO = ['n', 'no', 'nope', 'nein', 'false'];

/** Yes or no as people type it: `y`, `Yes.`, `ja`, `NO!`; undefined for anything else. */
export function readYesNo(text: string): boolean | undefined {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[.!?]+$/, '');
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : undefined;
}
