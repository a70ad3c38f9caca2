"use client";

import { Kbd } from "@/components/ui/menus/kbd";
import { keysInWords, useIsApple } from "@/components/ui/menus/keys";
import { Panel } from "@/components/ui/panel/panel";

import type { CommandScope } from "./command";
import { keyCommands } from "./key-commands";

/** Keys of fields, which the fields themselves listen for. */
const FIELD_KEYS = [
  { label: "Run the prompt", chord: "Enter" },
  { label: "New line in the prompt", chord: "Shift+Enter" },
  { label: "Send a result or an edited prompt", chord: "$mod+Enter" },
  { label: "Close what is open", chord: "Esc" },
] as const;

type KeysPanelProps = { scope: CommandScope; onClose: () => void };

/** Every key of the page, from the list that listens for them. */
export function KeysPanel({ scope, onClose }: KeysPanelProps) {
  return (
    <Panel title="Keyboard shortcuts" kind="dialog" onClose={onClose}>
      <div className="relative grid min-h-0 flex-1 content-start gap-x-10 gap-y-4 overflow-y-auto px-4 pt-3 pb-4 min-[720px]:grid-cols-2">
        <KeyList title="Anywhere" keys={keyCommands(scope).filter(({ group }) => group === undefined)} />
        <div className="grid content-start gap-4">
          <KeyList title="Lanes" keys={keyCommands(scope).filter(({ group }) => group !== undefined)} />
          <KeyList title="In fields and panels" keys={FIELD_KEYS} />
        </div>
      </div>
    </Panel>
  );
}

type KeyListProps = {
  title: string;
  keys: readonly { readonly label: string; readonly chord?: string }[];
};

function KeyList({ title, keys }: KeyListProps) {
  const isApple = useIsApple();
  return (
    <section aria-label={title}>
      <h3 className="text-muted pb-1 text-[13px]">{title}</h3>
      <dl>
        {keys.map(({ label, chord = "" }) => (
          <div key={label} className="flex min-h-7 items-center gap-3 py-0.5">
            <dt className="min-w-0 flex-1">{label}</dt>
            <dd>
              <Kbd>{keysInWords(chord, isApple)}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
