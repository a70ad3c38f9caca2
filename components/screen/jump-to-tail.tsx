import { ArrowDown } from "lucide-react";

import { Button } from "@/components/ui/button";

/** Back to the newest text, for a reader who scrolled away from it. */
export function JumpToTail({ shown, onJump }: { shown: boolean; onJump: () => void }) {
  if (!shown) return null;
  return (
    // Over the lower border of the answers: in the flow it would push up the ends that stand there.
    <div className="absolute inset-x-0 bottom-full z-10 mx-auto flex w-fit">
      <Button size="small" onClick={onJump} className="bg-bg rounded-full shadow-sm">
        <ArrowDown size={14} aria-hidden />
        Newest
      </Button>
    </div>
  );
}
