/** How far outside of the view, in px, something counts as near it. */
const NEAR_PX = 800;

const callbacks = new WeakMap<Element, (isNear: boolean) => void>();
let observer: IntersectionObserver | null = null;

function observe(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) callbacks.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: `${NEAR_PX}px` },
  );
  return observer;
}

/** Tells whether `element` is near the view, at once and at each change. */
export function watchView(element: Element, onChange: (isNear: boolean) => void): void {
  callbacks.set(element, onChange);
  observe().observe(element);
}

/** Ends `watchView`. */
export function unwatchView(element: Element): void {
  callbacks.delete(element);
  observer?.unobserve(element);
}
