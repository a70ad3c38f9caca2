import type { Dispatcher } from "undici";

/** Is given why a response broke off after its head. */
export type OnBroken = (error: Error) => void;

/**
 * Ends a response that breaks off like one that is whole, and reports the break apart. As an error it would throw away
 * the bytes that came and were not read yet. `brokenOf` gives the report of the request that is being dispatched.
 */
export function keepReceived(brokenOf: () => OnBroken): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, new KeepingHandler(handler, brokenOf()));
}

class KeepingHandler implements Dispatcher.DispatchHandler {
  #handler: Dispatcher.DispatchHandler;
  #onBroken: OnBroken;
  #began = false;

  constructor(handler: Dispatcher.DispatchHandler, onBroken: OnBroken) {
    this.#handler = handler;
    this.#onBroken = onBroken;
  }

  onRequestStart(...event: Parameters<Handles<"onRequestStart">>): void {
    this.#handler.onRequestStart?.(...event);
  }

  onRequestUpgrade(...event: Parameters<Handles<"onRequestUpgrade">>): void {
    this.#handler.onRequestUpgrade?.(...event);
  }

  onResponseStart(...event: Parameters<Handles<"onResponseStart">>): void {
    this.#began = true;
    this.#handler.onResponseStart?.(...event);
  }

  onResponseData(...event: Parameters<Handles<"onResponseData">>): void {
    this.#handler.onResponseData?.(...event);
  }

  onResponseEnd(...event: Parameters<Handles<"onResponseEnd">>): void {
    this.#handler.onResponseEnd?.(...event);
  }

  onResponseError(...event: Parameters<Handles<"onResponseError">>): void {
    const [controller, error] = event;
    if (!this.#began || controller.aborted || error.name === "AbortError") {
      this.#handler.onResponseError?.(...event);
      return;
    }
    this.#onBroken(error);
    this.#handler.onResponseEnd?.(controller, {});
  }
}

type Handles<Name extends keyof Dispatcher.DispatchHandler> = NonNullable<Dispatcher.DispatchHandler[Name]>;
