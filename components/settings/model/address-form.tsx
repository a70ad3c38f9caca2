"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/fields/field";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { SecretField } from "@/components/ui/fields/secret-field";
import { TextField } from "@/components/ui/fields/text-field";
import type { AddressSecrets } from "@/lib/providers/base-url";
import { keyProblem } from "@/lib/providers/key-problem";
import type { AddressParts } from "@/lib/session/store/session";

type AddressFormProps = {
  /** Whose address it is. */
  label: string;
  asks: AddressParts;
  onSave: (secrets: AddressSecrets, key: string | null) => void;
  onCancel: () => void;
};

/** Takes again what was cut out of a server's address: it is never saved, so a reload forgets it. */
export function AddressForm({ label, asks, onSave, onCancel }: AddressFormProps) {
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [key, setKey] = useState("");
  const problem = key === "" ? null : keyProblem(key);
  const isWhole =
    (!asks.login || user !== "" || password !== "") && asks.query.every((name) => Boolean(values[name]));
  const submit = () => {
    if (!isWhole || problem !== null) return;
    const query = asks.query
      .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(values[name] ?? "")}`)
      .join("&");
    onSave({ login: asks.login ? `${user}:${password}` : null, query }, key.trim() || null);
  };
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {asks.login ? (
        <>
          <Field label={`User for ${label}`}>
            {(control) => (
              <TextField
                {...control}
                ref={focusOnMount}
                value={user}
                onChange={(event) => setUser(event.target.value)}
                className="figures w-full"
              />
            )}
          </Field>
          <SecretField label="Password" value={password} onChange={setPassword} />
        </>
      ) : null}
      {asks.query.map((name, index) => (
        <SecretField
          key={name}
          label={`“${name}” in the address`}
          value={values[name] ?? ""}
          onChange={(value) => setValues({ ...values, [name]: value })}
          ref={!asks.login && index === 0 ? focusOnMount : null}
        />
      ))}
      <SecretField label="Key (optional)" value={key} onChange={setKey} error={problem} />
      <p className="text-muted text-[13px]">
        Kept in this tab&rsquo;s memory only, and sent to {label} alone.
      </p>
      <div className="flex gap-2">
        <Button kind="primary" type="submit" aria-disabled={!isWhole || problem !== null}>
          Use it
        </Button>
        <Button onClick={onCancel}>Back</Button>
      </div>
    </form>
  );
}
