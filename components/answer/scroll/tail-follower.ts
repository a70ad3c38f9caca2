import { followsAfterScroll, isAtTail, type ScrollPosition, scrollsUp } from "./follow-tail";
import { leaveEnd } from "./leave-end";
import { holdOpened, releaseOpened } from "./use-beside-longer";

/** What opens and closes something in its place. */
const TOGGLES = "[aria-expanded]:not([aria-haspopup]), [data-toggle]";

/** A scroll this soon after a change of size, in ms, may have come of it: an answer that settles is laid out twice. */
const CHANGING_MS = 250;

/** Holds one scroll container at its end; see `useFollowTail`. */
export class TailFollower {
  #element: HTMLElement;
  #onChange: (isAway: boolean) => void;
  #hasTurns: () => boolean;
  #isAway = false;
  #isFollowing = true;
  /** The reader opened or closed something in here, while following or not, and its new height was not seen yet. */
  #toggled: "following" | "left" | null = null;
  #position: ScrollPosition;
  #touchY = 0;
  /** When a size changed last, in ms on the page's clock. */
  #grewAt = Number.NEGATIVE_INFINITY;
  /** When the focus came to something in here last, which the browser then scrolls to; on the same clock. */
  #focusedAt = Number.NEGATIVE_INFINITY;
  /** The pointer was pressed on the container itself, which includes its scrollbar, and not let go yet. */
  #isHeld = false;
  #ending = new AbortController();
  #sizes = new ResizeObserver(() => this.#grew());
  #children: MutationObserver;

  /**
   * Starts at the end, where there are turns. `onChange` hears whether the reader has left the end and some of it is out
   * of view.
   */
  constructor(element: HTMLElement, onChange: (isAway: boolean) => void, hasTurns: () => boolean) {
    this.#element = element;
    this.#onChange = onChange;
    this.#hasTurns = hasTurns;
    this.#position = positionOf(element);
    this.#children = new MutationObserver(() => this.#watchChildren());
    this.#children.observe(element, { childList: true });
    this.#watchChildren();
    this.#listen();
    this.#mark();
    this.#show();
  }

  /** Stops following the end, and scrolls by this many px. */
  leave(byPx: number): void {
    this.#follow(false);
    this.#element.scrollBy({ top: byPx, behavior: "instant" });
    this.#position = positionOf(this.#element);
  }

  /** Goes to the end and follows it. */
  jump(): void {
    // What was opened before may have changed no height: it has no say over what comes now.
    this.#toggled = null;
    releaseOpened(this.#element);
    this.#follow(true);
    this.#show();
  }

  /** Goes to the beginning of a page without turns; the next turn is followed again. */
  toStart(): void {
    this.#follow(true);
    this.#element.scrollTo({ top: 0, behavior: "instant" });
    this.#position = positionOf(this.#element);
  }

  /** Lets go of the element. */
  stop(): void {
    this.#ending.abort();
    this.#sizes.disconnect();
    this.#children.disconnect();
  }

  #listen(): void {
    const options = { signal: this.#ending.signal, passive: true } as const;
    const element = this.#element;
    element.addEventListener("scroll", () => this.#scrolled(), options);
    element.addEventListener("wheel", (event) => event.deltaY < 0 && this.#release(), options);
    element.addEventListener("focusin", () => (this.#focusedAt = performance.now()), options);
    element.addEventListener("keydown", (event) => this.#pressed(event), options);
    element.addEventListener("click", (event) => this.#clicked(event), options);
    element.addEventListener("pointerdown", (event) => (this.#isHeld = event.target === element), options);
    for (const type of ["pointerup", "pointercancel"] as const)
      window.addEventListener(type, () => (this.#isHeld = false), options);
    window.addEventListener("pointermove", ({ buttons }) => buttons === 0 && (this.#isHeld = false), options);
    element.addEventListener("touchstart", (event) => this.#touched(event), options);
    element.addEventListener("touchmove", (event) => this.#touched(event), options);
    document.addEventListener("selectionchange", () => this.#selected(), options);
  }

  #watchChildren(): void {
    this.#sizes.disconnect();
    this.#sizes.observe(this.#element);
    for (const child of this.#element.children) this.#sizes.observe(child);
  }

  /** Runs after layout and before paint, so a reader at the end never sees the content jump. */
  #grew(): void {
    this.#grewAt = performance.now();
    // What the reader opened is what the reader looks at: going to the end would take it away.
    if (this.#toggled !== null)
      this.#follow(this.#toggled === "following" && isAtTail(positionOf(this.#element)));
    this.#toggled = null;
    if (this.#isFollowing) this.#show();
    this.#position = positionOf(this.#element);
    this.#report();
  }

  #report(): void {
    const isAway = !this.#isFollowing && !isAtTail(this.#position);
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#onChange(isAway);
  }

  #show(): void {
    if (!this.#hasTurns()) return;
    const { scrollHeight, clientHeight } = this.#element;
    this.#element.scrollTo({ top: scrollHeight - clientHeight, behavior: "instant" });
    this.#position = positionOf(this.#element);
  }

  #scrolled(): void {
    const now = positionOf(this.#element);
    const isChanging = this.#grewAt > this.#focusedAt && performance.now() - this.#grewAt < CHANGING_MS;
    this.#follow(
      followsAfterScroll(this.#isFollowing, this.#position, now, { isHeld: this.#isHeld, isChanging }),
    );
    this.#position = now;
    // What pushed the view up has perhaps changed no size that is still to be seen.
    if (this.#isFollowing && !isAtTail(now)) this.#show();
    this.#report();
  }

  #pressed(event: KeyboardEvent): void {
    const isTyping =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (!isTyping && scrollsUp(event.key, event.shiftKey)) this.#release();
  }

  #clicked(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest(TOGGLES) === null) return;
    this.#toggled = this.#isFollowing ? "following" : "left";
    holdOpened(event.target, this.#element);
    // What opens in a window would push away what the reader clicked on.
    if (this.#hasWindow()) this.#follow(false);
  }

  #touched(event: TouchEvent): void {
    const y = event.touches[0]?.clientY ?? 0;
    if (event.type === "touchmove" && y > this.#touchY) this.#release();
    this.#touchY = y;
  }

  #selected(): void {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return;
    if (this.#element.contains(selection.anchorNode)) this.#release();
  }

  /** The reader turned away from the end; where everything fits there is nothing to turn to. */
  #release(): void {
    const { scrollHeight, clientHeight } = this.#element;
    if (scrollHeight > clientHeight || this.#hasWindow()) this.#follow(false);
  }

  /** Some answer shows less than all of itself: see `useEndWindow`. */
  #hasWindow(): boolean {
    const windows = this.#element.querySelectorAll("[data-end-held][aria-busy=true]");
    return (
      this.#isFollowing && [...windows].some(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)
    );
  }

  #follow(isFollowing: boolean): void {
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    // While following, the browser's own anchoring would work against us; otherwise it keeps the reader's line in
    // place.
    this.#element.style.overflowAnchor = isFollowing ? "none" : "auto";
    this.#mark();
    this.#report();
  }

  /** For the stylesheet, which keeps the ends of answers in view beside longer ones. */
  #mark(): void {
    if (this.#isFollowing) this.#element.dataset["tail"] = "followed";
    else leaveEnd(this.#element);
    this.#position = positionOf(this.#element);
  }
}

function positionOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollPosition {
  return { top: scrollTop, height: scrollHeight, view: clientHeight };
}
