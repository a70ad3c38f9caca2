/**
 * Work in slices: what is returned says after each piece whether to rest, so that the page draws and hears keys in
 * between. `ms` is how long the work goes on at once.
 */
export function openSlices(ms: number): () => Promise<void> | null {
  let began = performance.now();
  return () => {
    if (performance.now() - began < ms) return null;
    return new Promise((resolve) => {
      setTimeout(() => {
        began = performance.now();
        resolve();
      });
    });
  };
}
