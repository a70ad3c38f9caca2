import { ArrowDown } from "lucide-react";

import { Button } from "@/components/ui/button";

/** Back to the newest text, for a reader who scrolled away from it. */
export function JumpToTail({ shown, onJump }: { shown: boolean; onJump: () => void }) {
  if (!shown) return null;
  return (
    // In the flow: over the answers it would cover what is being read.
    <div className="flex justify-center pb-2">
      <Button size="small" onClick={onJump} className="rounded-full">
        <ArrowDown size={14} aria-hidden />
        Newest
      </Button>
    </div>
  );
}
