/** A box in viewport px. */
export type Box = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};
type Size = { readonly width: number; readonly height: number };

const GAP_PX = 6;
const EDGE_PX = 8;

/**
 * Where a floating box goes, in viewport px: centered above its anchor, or below where there is no room,
 * and always inside the viewport with a margin of 8 px (a box wider than that starts at the margin). Pure.
 */
export function place(anchor: Box, floating: Size, viewport: Size): { left: number; top: number } {
  const centered = anchor.left + anchor.width / 2 - floating.width / 2;
  const left = Math.max(EDGE_PX, Math.min(centered, viewport.width - EDGE_PX - floating.width));
  const above = anchor.top - GAP_PX - floating.height;
  const below = anchor.top + anchor.height + GAP_PX;
  const lowest = Math.max(EDGE_PX, viewport.height - EDGE_PX - floating.height);
  const top = above >= EDGE_PX ? above : below;
  return { left, top: Math.max(EDGE_PX, Math.min(top, lowest)) };
}
