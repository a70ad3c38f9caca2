"use client";

import { Button } from "./button";

type ToggleButtonProps = { isOn: boolean; onToggle: () => void; children: string };

/** A small button that stays pressed until it is pressed again. */
export function ToggleButton({ isOn, onToggle, children }: ToggleButtonProps) {
  return (
    <Button
      kind="quiet"
      size="small"
      aria-pressed={isOn}
      onClick={onToggle}
      className="aria-pressed:bg-sunken aria-pressed:text-text"
    >
      {children}
    </Button>
  );
}
