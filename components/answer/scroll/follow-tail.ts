/** Where a scroll container stands, in px: what is above the view, the whole content, the view. */
export type ScrollPlace = { readonly top: number; readonly height: number; readonly view: number };

/** Distance to the end, in px, that still counts as being there (fractions of zoomed screens included). */
const NEAR = 4;

/** Says whether the end of the content is in view. */
export function isAtTail({ top, height, view }: ScrollPlace): boolean {
  return height - view - top <= NEAR;
}

/**
 * Says whether the view follows the tail after a scroll from `before` to `now`. Only a reader moves the view up while
 * nothing got smaller, and only the end reached on the way down takes the reader back to following.
 */
export function followsAfterScroll(isFollowing: boolean, before: ScrollPlace, now: ScrollPlace): boolean {
  if (now.top >= before.top) return isFollowing || isAtTail(now);
  // Less content or a larger view pushes the view up by itself, by that much and no further.
  const push = Math.max(0, before.height - now.height) + Math.max(0, now.view - before.view);
  return isFollowing && push > 0 && before.top - now.top <= push + NEAR;
}

const UPWARD_KEYS: ReadonlySet<string> = new Set(["ArrowUp", "PageUp", "Home"]);

/** Says whether a key pressed outside of a field scrolls up. */
export function scrollsUp(key: string, shiftKey: boolean): boolean {
  return UPWARD_KEYS.has(key) || (key === " " && shiftKey);
}
