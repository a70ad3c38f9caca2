"use client";

import { type ComponentProps, type MouseEvent, useState } from "react";

import { loadedPart } from "@/components/ui/loaded-part";
import { PanelFrame } from "@/components/ui/panel/panel-frame";

const LeavePanel = loadedPart(async () => (await import("./leave-panel")).LeavePanel, {
  frame: (message, { onClose }) => <PanelFrame onClose={onClose}>{message}</PanelFrame>,
});

type LinkViewProps = Pick<ComponentProps<"a">, "title" | "className" | "children" | "aria-label"> & {
  href: string;
  /** What the link says: an address that can be read needs no question. */
  text: string;
};

/** A link of an answer. It opens in a tab of its own; one that does not say where it leads asks first, with the whole address. */
export function LinkView({ href, text, children, ...rest }: LinkViewProps) {
  const [isAsking, setIsAsking] = useState(false);
  const isPlain = text === href;
  const ask = (event: MouseEvent) => {
    if (isPlain) return;
    event.preventDefault();
    setIsAsking(true);
  };
  return (
    <>
      <a
        href={href}
        {...rest}
        target="_blank"
        rel="noopener noreferrer"
        onClick={ask}
        // The middle button opens a tab without a click.
        onAuxClick={(event) => (event.button === 1 ? ask(event) : undefined)}
      >
        {children}
      </a>
      {isAsking ? <LeavePanel href={href} onClose={() => setIsAsking(false)} /> : null}
    </>
  );
}
