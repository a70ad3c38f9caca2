import { ArrowDown } from "lucide-react";

import { Button } from "@/components/ui/button";

/** Back to the newest text, for a reader who scrolled away from it. */
export function JumpToTail({ shown, onJump }: { shown: boolean; onJump: () => void }) {
  if (!shown) return null;
  return (
    <Button
      size="small"
      onClick={onJump}
      className="absolute -top-10 left-1/2 z-10 -translate-x-1/2 rounded-full shadow-md"
    >
      <ArrowDown size={14} aria-hidden />
      Newest
    </Button>
  );
}
