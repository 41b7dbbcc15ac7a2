/**
 * All that runs in the page: the filters of the ledgers, and the figures under the pointer in plots, taken from the table below each. It reads
 * attributes and texts, sets `hidden` and texts, and never writes markup. Without it every row and every figure is there.
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
for (const area of document.querySelectorAll('[data-reads]')) {
  const table = area.closest('figure').querySelector('table');
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows];
  const places = area.dataset.reads.split(' ').map(Number);
  const line = area.querySelector('.reading-line');
  const reading = area.closest('.plot').querySelector('.reading');
  area.addEventListener('pointermove', (event) => {
    const box = area.getBoundingClientRect();
    const at = (event.clientX - box.left) / box.width;
    let nearest = 0;
    for (const [index, place] of places.entries()) if (Math.abs(place - at) < Math.abs(places[nearest] - at)) nearest = index;
    line.style.left = places[nearest] * 100 + '%';
    line.hidden = false;
    reading.textContent = [...rows[nearest].cells].map((cell, index) => heads[index] + ' ' + cell.textContent.trim()).join('  ·  ');
  });
  area.addEventListener('pointerleave', () => {
    line.hidden = true;
    reading.textContent = '';
  });
}
`.trim();
