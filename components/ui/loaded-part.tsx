"use client";

import { type ComponentType, type JSX, lazy, type ReactNode, Suspense, useEffect, useState } from "react";

import { Button } from "./button";
import { ErrorBoundary } from "./error-boundary";

/** The code of a part of the page could not be fetched. */
class PartNotLoaded extends Error {}

/** Waiting longer than this, in ms, is worth a word. */
const SLOW_MS = 8_000;

type PartOptions<P> = {
  /** Puts the message where the part would stand, such as into a panel's frame. A framed part also keeps its own faults. */
  frame?: (message: ReactNode, props: P) => ReactNode;
  /** What is shown at once while the code is on its way. */
  wait?: ReactNode | ((props: P) => ReactNode);
};

/** A component whose code is fetched when it is first drawn, and how to fetch it beforehand. */
export type LoadedPart<P> = ((props: P) => JSX.Element) & { readonly preload: () => void };

/**
 * Fetches a part of the page when it is first drawn. Where that fails it says so in the part's place, the rest of the
 * page goes on, and a press, or opening the part once more, fetches it again.
 */
export function loadedPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { frame, wait = null }: PartOptions<P> = {},
): LoadedPart<P> {
  // Drawn at once from then on: a `lazy` is away for a moment even when its code is there.
  let known: ComponentType<P> | null = null;
  const fetchPart = async () => {
    try {
      known = await load();
      return { default: known };
    } catch (cause) {
      // A failed `lazy` stays failed.
      current = lazy(fetchPart);
      throw new PartNotLoaded("The code for this part could not be loaded.", { cause });
    }
  };
  let current: ComponentType<P> = lazy(fetchPart);

  function Part(props: P): JSX.Element {
    const [Loaded, setLoaded] = useState(() => known ?? current);
    const framed = (message: ReactNode) => (frame === undefined ? message : frame(message, props));
    const onError = (error: Error, retry: () => void) => {
      if (error instanceof PartNotLoaded) {
        const fetchAgain = () => {
          setLoaded(() => known ?? current);
          retry();
        };
        return framed(
          <PartFault
            message="This part could not be loaded: Vitrine was stopped or updated."
            onRetry={fetchAgain}
          />,
        );
      }
      // A fault of what was loaded belongs to what it stands in, where all of that is kept.
      if (frame === undefined) throw error;
      return framed(<PartFault message={`This part could not be shown: ${error.message}`} />);
    };
    return (
      <ErrorBoundary renderFault={onError}>
        <Suspense
          fallback={
            <WhenSlow wait={typeof wait === "function" ? wait(props) : wait}>
              {framed(<PartFault message="Vitrine's server has not sent this part yet." />)}
            </WhenSlow>
          }
        >
          <Loaded {...props} />
        </Suspense>
      </ErrorBoundary>
    );
  }
  const preload = () => {
    // The part itself says what went wrong, once it is opened.
    fetchPart().catch(() => undefined);
  };
  return Object.assign(Part, { preload });
}

/** Why a part is not there, and the ways on: `onRetry` asks for its code again, and what is on screen stays. */
function PartFault({ message, onRetry }: { message: string; onRetry?: () => void }) {
  return (
    <p role="alert" className="text-muted flex flex-wrap items-center gap-2 p-2 text-[13px]">
      <span className="text-danger">{message}</span>
      {onRetry === undefined ? null : (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
      <Button size="small" onClick={() => window.location.reload()}>
        Reload
      </Button>
    </p>
  );
}

/** Shows its children once the wait is worth a word: a script may also neither come nor fail. */
function WhenSlow({ wait, children }: { wait: ReactNode; children: ReactNode }) {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSlow ? children : wait;
}
