"use client";

import { useState } from "react";

import { checkEndpointUrl, type CheckedUrl } from "@/components/settings/model/check-endpoint-url";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/fields/field";
import { focusOnMount, selectOnMount } from "@/components/ui/fields/focus-on-mount";
import { SecretField } from "@/components/ui/fields/secret-field";
import { Select } from "@/components/ui/fields/select";
import { TextField } from "@/components/ui/fields/text-field";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { AddressSecrets } from "@/lib/providers/base-url";
import { keyProblem } from "@/lib/providers/key-problem";
import { openAiCompatible } from "@/lib/providers/presets/openai-compatible";
import type { Endpoint } from "@/lib/session/store/session";

const BOTH =
  "The address has a user name and password, which use the same header as the key. Enter one or the other.";

type EndpointFormProps = {
  /** Servers whose own fields Vitrine knows. */
  kinds: readonly { readonly id: string; readonly label: string }[];
  /** The server to change; null = a new one. */
  server: Endpoint | null;
  /** The person's other servers: an address is in the list once. */
  others: readonly Endpoint[];
  /** Where the new server is, if that was already typed elsewhere. */
  initialUrl: string;
  /** `key` is null where none was typed. */
  onSave: (endpoint: Endpoint, key: string | null, secrets: AddressSecrets) => void;
  onCancel: () => void;
};

/** Adds or changes a person's own server: any OpenAI-style endpoint the app may reach. */
export function EndpointForm({ kinds, server, others, initialUrl, onSave, onCancel }: EndpointFormProps) {
  const [name, setName] = useState(server?.name ?? "");
  const [url, setUrl] = useState(server?.baseUrl ?? initialUrl);
  const [key, setKey] = useState("");
  const [provider, setProvider] = useState<string>(server?.provider ?? openAiCompatible.id);
  const [isTried, setIsTried] = useState(false);
  const checked = checkEndpointUrl(url);
  const urlError = checked.ok ? takenBy(others, checked.baseUrl) : checked.message;
  const keyError = keyProblem(key) ?? (hasLogin(checked) && key.trim() !== "" ? BOTH : null);
  const submit = () => {
    setIsTried(true);
    if (!checked.ok || urlError !== null || keyError !== null) return;
    const host = new URL(checked.baseUrl).host;
    const endpoint = { name: name.trim() || host, baseUrl: checked.baseUrl, provider };
    onSave(endpoint, key.trim() || null, checked.secrets);
  };
  return (
    <form
      className="grid gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        label="Base URL"
        hint={checked.ok ? checked.hint : "Up to and including /v1."}
        error={isTried ? urlError : null}
      >
        {(control) => (
          <TextField
            {...control}
            ref={server === null ? focusOnMount : null}
            inputMode="url"
            placeholder="http://192.168.1.20:8080/v1"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            onBlur={() => setIsTried(url !== "")}
            className="figures w-full"
          />
        )}
      </Field>
      <Field label="Name" hint="Shown in the lane. Defaults to the host.">
        {(control) => (
          <TextField
            {...control}
            ref={server === null ? null : selectOnMount}
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="w-full"
          />
        )}
      </Field>
      <Field label="API style" hint="Which fields it accepts, and how it reports reasoning and timings.">
        {(control) => (
          <Select
            {...control}
            value={provider}
            onChange={setProvider}
            options={[
              { value: openAiCompatible.id, label: "Any OpenAI-compatible server" },
              ...kinds.map((kind) => ({ value: kind.id, label: kind.label })),
            ]}
            className="w-full"
          />
        )}
      </Field>
      <SecretField
        label={server === null ? "Key (optional)" : "Another key (optional)"}
        hint="Kept in this tab's memory only."
        error={keyError}
        value={key}
        onChange={setKey}
      />
      <div className="flex gap-2">
        <Button kind="primary" type="submit">
          {server === null ? "Add server" : "Save"}
        </Button>
        <Button onClick={onCancel}>Back</Button>
      </div>
    </form>
  );
}

function takenBy(others: readonly Endpoint[], baseUrl: string): string | null {
  const other = others.find((known) => known.baseUrl === baseUrl);
  if (other === undefined) return null;
  return `${showMarks(other.name)} has this address. Edit it in the list, or enter another address.`;
}

function hasLogin(checked: CheckedUrl): boolean {
  return checked.ok && checked.secrets.login !== null;
}
