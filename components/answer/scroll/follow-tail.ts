/** Where a scroll container stands, in px: what is above the view, the whole content, the view. */
export type ScrollPosition = { readonly top: number; readonly height: number; readonly view: number };

/** Distance to the end, in px, that still counts as being there (fractions of zoomed screens included). */
const NEAR = 4;

/** Says whether the end of the content is in view. */
export function isAtTail({ top, height, view }: ScrollPosition): boolean {
  return height - view - top <= NEAR;
}

/**
 * Whether the view follows the tail after a scroll from `before` to `now`. Only a reader moves the view up while
 * nothing changes its size, and only reaching the end on the way down makes the view follow again. `isHeld`: the
 * reader holds the scrollbar. `isChanging`: the content has just changed its size.
 */
export function followsAfterScroll(
  isFollowing: boolean,
  before: ScrollPosition,
  now: ScrollPosition,
  { isHeld = false, isChanging = false }: { isHeld?: boolean; isChanging?: boolean } = {},
): boolean {
  if (now.top === before.top) return isFollowing;
  if (now.top > before.top) return isFollowing || isAtTail(now);
  if (!isFollowing) return false;
  const up = before.top - now.top;
  // Less content or a larger view pushes the view up by itself, by that much and no further.
  const push = Math.max(0, before.height - now.height) + Math.max(0, now.view - before.view);
  if (push > 0 && up <= push + NEAR) return true;
  // Content that shrinks and grows again between two looks pushes the view up by more than is visible afterwards: a
  // formula takes the place of its source, rows are lower than estimated. Wheel, keys and touch are heard by
  // themselves, so a short way up is not theirs.
  return (isChanging || now.height !== before.height) && up <= now.view && !isHeld;
}

const UPWARD_KEYS: ReadonlySet<string> = new Set(["ArrowUp", "PageUp", "Home"]);

/** Says whether a key pressed outside of a field scrolls up. */
export function scrollsUp(key: string, shiftKey: boolean): boolean {
  return UPWARD_KEYS.has(key) || (key === " " && shiftKey);
}
