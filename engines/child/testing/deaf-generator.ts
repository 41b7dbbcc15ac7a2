// A generator that never answers and does not stop when asked to.
process.on('message', () => {});
