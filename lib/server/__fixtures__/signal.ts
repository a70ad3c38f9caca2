/** Something that will happen once. */
export type Signal = { readonly happened: Promise<void>; readonly happen: () => void };

export function createSignal(): Signal {
  const target = new EventTarget();
  const happened = new Promise<void>((resolve) => {
    target.addEventListener("happen", () => resolve());
  });
  return { happened, happen: () => void target.dispatchEvent(new Event("happen")) };
}
