"use client";

import { type ComponentProps, useState } from "react";

import { loadedPart } from "@/components/ui/loaded-part";
import { PanelFrame } from "@/components/ui/panel-frame";

const LeavePanel = loadedPart(async () => (await import("./leave-panel")).LeavePanel, {
  frame: (message, { onClose }) => <PanelFrame onClose={onClose}>{message}</PanelFrame>,
});

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
      {isAsking ? <LeavePanel href={href} onClose={() => setIsAsking(false)} /> : null}
    </>
  );
}
