/**
 * All that runs in the page: the filters of the ledgers. It reads attributes and sets `hidden`, and never writes markup. Without it every row
 * is there.
 */
export const SCRIPT = `
for (const form of document.querySelectorAll('[data-filters]')) {
  const rows = [...document.getElementById(form.dataset.filters).tBodies[0].rows];
  const { verdict, document: source, text } = form.elements;
  const output = form.querySelector('output');
  const apply = () => {
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const content = row.textContent.toLowerCase();
      const fits = (!verdict.value || row.dataset.verdict === verdict.value)
        && (!source.value || row.dataset.document === source.value)
        && words.every((word) => content.includes(word));
      row.hidden = !fits;
      if (fits) shown++;
    }
    output.value = shown + ' of ' + rows.length + ' shown';
  };
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  apply();
}
`.trim();
