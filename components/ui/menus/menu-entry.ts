import type { ReactNode } from "react";

/** One line of a menu. */
export type MenuEntry =
  | {
      readonly kind: "item";
      readonly label: string;
      readonly icon?: ReactNode;
      /** Shortcut as a person reads it. */
      readonly keys?: string;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly run: () => void;
    }
  | {
      readonly kind: "check";
      readonly label: string;
      readonly checked: boolean;
      readonly run: (checked: boolean) => void;
    }
  | { readonly kind: "separator"; readonly id: string };
