"use client";

import { type ComponentProps, lazy, Suspense, useState } from "react";

const loadPanel = async () => {
  const { LeavePanel } = await import("./leave-panel");
  return { default: LeavePanel };
};
const LeavePanel = lazy(loadPanel);

type LinkViewProps = Pick<ComponentProps<"a">, "title" | "className" | "children"> & {
  href: string;
  /** What the link says: an address that can be read needs no question. */
  says: string;
};

/** A link of an answer. It opens in a tab of its own; one that does not say where it leads asks first, with the whole address. */
export function LinkView({ href, says, title, className, children }: LinkViewProps) {
  const [isAsking, setIsAsking] = useState(false);
  const isPlain = says === href;
  return (
    <>
      <a
        href={href}
        title={title}
        target="_blank"
        rel="noopener noreferrer"
        className={className}
        onClick={(event) => {
          if (isPlain) return;
          event.preventDefault();
          setIsAsking(true);
        }}
      >
        {children}
      </a>
      {isAsking ? (
        <Suspense>
          <LeavePanel href={href} onClose={() => setIsAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
