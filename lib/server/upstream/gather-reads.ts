import type { Dispatcher } from "undici";

/** Bytes that arrive within this many ms (half a frame) of the last ones sent are sent together. */
const TOGETHER_MS = 8;
/** Enough for one write. Bytes that are more by themselves are never held. */
const ENOUGH_BYTES = 32 * 1024;

/**
 * Gives a response's bytes, unchanged, in fewer and larger pieces. What comes after a silence is passed on at once, so
 * that no first token waits; a fast stream is gathered, for each piece costs the relay and the page more than the bytes
 * in it. It stands where a piece is still a plain call: above, each would be promises and a stream's queue.
 */
export const gatherReads: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch(options, new GatheringHandler(handler));

class GatheringHandler implements Dispatcher.DispatchHandler {
  #handler: Dispatcher.DispatchHandler;
  #pieces: Buffer[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | null = null;
  #freeAt = 0;

  constructor(handler: Dispatcher.DispatchHandler) {
    this.#handler = handler;
  }

  onRequestStart(...event: Parameters<Handles<"onRequestStart">>): void {
    this.#handler.onRequestStart?.(...event);
  }

  onRequestUpgrade(...event: Parameters<Handles<"onRequestUpgrade">>): void {
    this.#handler.onRequestUpgrade?.(...event);
  }

  onResponseStart(...event: Parameters<Handles<"onResponseStart">>): void {
    this.#handler.onResponseStart?.(...event);
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size >= ENOUGH_BYTES) return this.#pass(controller);
    if (this.#timer !== null) return;
    const waitMs = this.#freeAt - performance.now();
    if (waitMs <= 0) this.#pass(controller);
    else this.#timer = setTimeout(() => this.#pass(controller), waitMs);
  }

  onResponseEnd(...event: Parameters<Handles<"onResponseEnd">>): void {
    this.#pass(event[0]);
    this.#handler.onResponseEnd?.(...event);
  }

  /** Bytes that arrived before it broke off is still an answer. */
  onResponseError(...event: Parameters<Handles<"onResponseError">>): void {
    this.#pass(event[0]);
    this.#handler.onResponseError?.(...event);
  }

  #pass(controller: Dispatcher.DispatchController): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const [first] = this.#pieces;
    if (first === undefined) return;
    const bytes = this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces, this.#size);
    this.#pieces = [];
    this.#size = 0;
    // The same moments for all answers: a page with many lanes is woken once for all of them.
    this.#freeAt = (Math.floor(performance.now() / TOGETHER_MS) + 1) * TOGETHER_MS;
    this.#handler.onResponseData?.(controller, bytes);
  }
}

type Handles<Name extends keyof Dispatcher.DispatchHandler> = NonNullable<Dispatcher.DispatchHandler[Name]>;
