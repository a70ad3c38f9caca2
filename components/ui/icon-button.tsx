"use client";

import type { ComponentProps } from "react";

import { Button } from "./button";
import { Tooltip } from "./tooltip";

type IconButtonProps = Omit<ComponentProps<typeof Button>, "aria-label" | "size"> & {
  /** The name for people who do not see the icon, and the tooltip for those who do. */
  label: string;
  /** Tooltip text where it should say more than the name. */
  tip?: string;
};

/** A square button with an icon, a name and a tooltip. */
export function IconButton({ label, tip, kind = "quiet", ...rest }: IconButtonProps) {
  return (
    <Tooltip content={tip ?? label} describes={tip !== undefined}>
      <Button kind={kind} size="icon" aria-label={label} {...rest} />
    </Tooltip>
  );
}
