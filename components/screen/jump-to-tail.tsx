import { ArrowDown } from "lucide-react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

/** Back to the newest text, for a reader who scrolled away from it. Its place in the composer is kept while it is not shown. */
export function JumpToTail({ shown, onJump }: { shown: boolean; onJump: () => void }) {
  return (
    <Button
      size="small"
      onClick={onJump}
      aria-label="Newest"
      title="Go to the newest text"
      className={cn("my-1 pointer-coarse:-my-1.5", shown || "invisible")}
    >
      <ArrowDown size={14} aria-hidden />
      <span className="max-[720px]:hidden">Newest</span>
    </Button>
  );
}
