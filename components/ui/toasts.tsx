"use client";

import { X } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";

import { Button } from "./button";
import { cn } from "./cn";
import { IconButton } from "./icon-button";

export type Toast = {
  readonly id: string;
  readonly message: string;
  /** A way back, such as "Undo". */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** It tells of something that goes on, and is there as long as that does. */
  readonly stays?: true;
};

type ToastsProps = {
  toasts: readonly Toast[];
  onDismiss: (id: string) => void;
  /** Where nothing is pressed: under the bars, or at the end of a page that is read from its top. */
  at?: "top" | "bottom";
};

const STAY_MS = 8000;

/** Short remarks under the bars, where nothing is pressed, and beside the title of an open panel; read out politely. Mount it once, from the start: an empty live region is what makes the first toast heard. */
export function Toasts({ toasts, onDismiss, at = "top" }: ToastsProps) {
  return (
    <section
      aria-label="Notices"
      className={cn(
        "pointer-events-none fixed right-(--docked,0px) left-0 z-50 grid justify-items-center gap-2 px-3",
        at === "top" ? "top-24" : "bottom-3",
        // A panel that takes the page: as a sheet it leaves the top free, in the middle the bottom.
        "in-[[data-modal]]:max-[719.98px]:top-2",
        "in-[[data-modal]]:min-[720px]:top-auto in-[[data-modal]]:min-[720px]:bottom-3",
      )}
    >
      {/* Said outright, since a panel that takes the page hides all else from assistive technology but live regions. */}
      <output aria-live="polite" className="contents">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDismiss={onDismiss} />
        ))}
      </output>
    </section>
  );
}

function ToastCard({ toast, onDismiss }: { toast: Toast; onDismiss: (id: string) => void }) {
  const [isHeld, setIsHeld] = useState(false);
  const { id, message, action, stays = false } = toast;
  // The page makes `onDismiss` anew whenever it renders, as with every key typed. That must not restart the time.
  const expire = useEffectEvent(() => onDismiss(id));
  useEffect(() => {
    if (isHeld || stays) return undefined;
    const timer = setTimeout(expire, STAY_MS);
    return () => clearTimeout(timer);
  }, [isHeld, stays]);

  return (
    // Time stops while a person is on it: nobody should have to race an Undo.
    <div
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      className="rounded-outer border-line-strong bg-surface pointer-events-auto flex max-w-full items-center gap-2 border py-1.5 pr-1.5 pl-3 shadow-lg"
    >
      <span className="min-w-0 [overflow-wrap:anywhere]">{message}</span>
      {action === undefined ? null : (
        <Button
          size="small"
          onClick={() => {
            action.run();
            onDismiss(id);
          }}
        >
          {action.label}
        </Button>
      )}
      {stays ? null : (
        <IconButton label="Close notice" onClick={() => onDismiss(id)}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
