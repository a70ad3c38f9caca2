"use client";

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";

import { IconButton } from "@/components/ui/icon-button";

import { Panel } from "./panel";

type ViewsPanelProps = {
  title: string;
  /** The way back to the first view; null while it is open. */
  back: { readonly label: string; readonly run: () => void } | null;
  onClose: () => void;
  children: ReactNode;
};

/** A panel at the side with a first view, such as a list, that others lead back to. */
export function ViewsPanel({ title, back, onClose, children }: ViewsPanelProps) {
  return (
    <Panel
      title={title}
      kind="side"
      onClose={onClose}
      actions={
        back === null ? null : (
          <IconButton label={back.label} onClick={back.run}>
            <ArrowLeft size={16} aria-hidden />
          </IconButton>
        )
      }
    >
      <div className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
    </Panel>
  );
}
