/** Lines that are shown and that the output does not hold, in this order; `…` stands for lines left out. */
export function missing(shown: string, output: string): string[] {
  const lines = output.split('\n');
  let at = 0;
  return shown.split('\n').filter((line) => {
    if (line.trim() === '' || line === '…') return false;
    const found = lines.indexOf(line, at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}
