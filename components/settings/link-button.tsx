import { Link, Unlink } from "lucide-react";

import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";

type LinkButtonProps = {
  /** What is linked, such as "Effort". */
  setting: string;
  linked: boolean;
  onLink: (linked: boolean) => void;
  className?: string;
};

/** Whether a setting is the same in all lanes or this lane's own, and the switch between both. */
export function LinkButton({ setting, linked, onLink, className }: LinkButtonProps) {
  const Icon = linked ? Link : Unlink;
  return (
    <IconButton
      label={`${setting}: same in all lanes`}
      tip={
        linked
          ? "Linked to all lanes. Press to give this lane its own."
          : "This lane's own. Press to link it again."
      }
      aria-pressed={linked}
      onClick={() => onLink(!linked)}
      className={cn(linked ? "text-muted" : "bg-accent-soft text-accent", className)}
    >
      <Icon size={14} aria-hidden />
    </IconButton>
  );
}
