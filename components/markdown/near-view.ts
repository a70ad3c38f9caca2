/** How far outside of the view, in px, something counts as near it. */
const NEAR_PX = 800;

type OnView = (isNear: boolean, heightPx: number) => void;

const callbacks = new WeakMap<Element, OnView>();
let observer: IntersectionObserver | null = null;

function observe(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries)
        callbacks.get(entry.target)?.(entry.isIntersecting, entry.boundingClientRect.height);
    },
    { rootMargin: `${NEAR_PX}px` },
  );
  return observer;
}

/** Reports whether `element` is near the view and how high it is, at once and at each change. */
export function watchView(element: Element, onChange: OnView): void {
  callbacks.set(element, onChange);
  observe().observe(element);
}

/** Ends `watchView`. */
export function unwatchView(element: Element): void {
  callbacks.delete(element);
  observer?.unobserve(element);
}
