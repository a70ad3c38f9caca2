"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { SecretField } from "@/components/ui/fields/secret-field";
import { keyProblem } from "@/lib/providers/key-problem";

type KeyFormProps = {
  /** Whose key it is. */
  label: string;
  /** Where to get one. */
  hint: string;
  /** The environment variable that would hold it for good; null = none. */
  keyEnv: string | null;
  /** A key is in this tab's memory already: it can be replaced or forgotten. */
  keyHeld: boolean;
  /** null forgets the key. */
  onSave: (key: string | null) => void;
  onCancel: () => void;
};

/** Takes a key for this tab. It is never saved: after a reload the page asks again. */
export function KeyForm({ label, hint, keyEnv, keyHeld, onSave, onCancel }: KeyFormProps) {
  const [key, setKey] = useState("");
  const cleaned = key.trim();
  const error = keyProblem(key);
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (cleaned !== "" && error === null) onSave(cleaned);
      }}
    >
      <SecretField
        label={`Key for ${label}`}
        hint={hint}
        error={error}
        value={key}
        onChange={setKey}
        ref={focusOnMount}
      />
      <p className="text-muted text-[13px]">
        Kept in this tab&rsquo;s memory only, and sent to {label} alone.
        {keyEnv === null ? null : ` To keep it, set ${keyEnv} in Vitrine's environment.`}
      </p>
      <div className="flex gap-2">
        <Button kind="primary" type="submit" aria-disabled={cleaned === "" || error !== null}>
          Use key
        </Button>
        {keyHeld ? (
          <Button kind="danger" onClick={() => onSave(null)}>
            Forget the key
          </Button>
        ) : null}
        <Button onClick={onCancel}>Back</Button>
      </div>
    </form>
  );
}
