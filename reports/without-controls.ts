/** Text of a file that we did not write, for a terminal that it shall not steer: control characters become `·`. */
export function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '·');
}
