"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/fields/field";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { SecretField } from "@/components/ui/fields/secret-field";
import { TextField } from "@/components/ui/fields/text-field";
import { IconButton } from "@/components/ui/icon-button";
import { keyProblem } from "@/lib/providers/key-problem";
import { useSecretNames } from "@/lib/session/hooks/use-secret-names";
import type { McpServer } from "@/lib/session/store/session";

import { readMcpAddress, readMcpHeaders } from "./read-server";

type McpServerFormProps = {
  /** The server to change; null = a new one. */
  server: McpServer | null;
  /** Addresses of the other servers. */
  taken: readonly string[];
  /** `token` is null where none was typed. */
  onSave: (server: McpServer, token: string | null) => void;
  onCancel: () => void;
};

type HeaderRow = { readonly key: number; readonly name: string; readonly value: string };

/** Adds or changes an MCP server that is called by its address. A person never names a command here. */
export function McpServerForm({ server, taken, onSave, onCancel }: McpServerFormProps) {
  const [name, setName] = useState(server?.name ?? "");
  const [url, setUrl] = useState(server?.url ?? "");
  const [token, setToken] = useState("");
  const [headers, setHeaders] = useState<readonly HeaderRow[]>(
    (server?.headers ?? []).map(({ name: header, value }, key) => ({ key, name: header, value })),
  );
  const [isTried, setIsTried] = useState(false);
  const secrets = useSecretNames();
  const secretsId = useId();
  const address = readMcpAddress(url, taken);
  const read = readMcpHeaders(headers);
  const tokenError = keyProblem(token);
  const change = (key: number, part: Partial<HeaderRow>) =>
    setHeaders(headers.map((header) => (header.key === key ? Object.assign({}, header, part) : header)));
  return (
    <form
      className="grid gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (!address.ok || !read.ok || tokenError !== null) return;
        const added: McpServer = {
          from: "person",
          name: name.trim() || new URL(address.url).host,
          url: address.url,
          headers: read.headers,
        };
        onSave(added, token.trim() || null);
      }}
    >
      <Field
        label="Address"
        hint="Of its MCP endpoint, over http or https."
        error={isTried && !address.ok ? address.message : null}
      >
        {(control) => (
          <TextField
            {...control}
            ref={focusOnMount}
            inputMode="url"
            placeholder="https://mcp.example/mcp"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            className="figures w-full"
          />
        )}
      </Field>
      <Field label="Name" hint="Defaults to the host.">
        {(control) => (
          <TextField
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="w-full"
          />
        )}
      </Field>
      <SecretField
        label={server === null ? "Token (optional)" : "Another token (optional)"}
        hint="Sent as a bearer token. Kept in this tab's memory only."
        error={tokenError}
        value={token}
        onChange={setToken}
      />
      <fieldset className="grid gap-1.5">
        <legend className="text-muted pb-1 text-[13px]">Headers</legend>
        {headers.map((header, index) => (
          <div key={header.key} className="flex items-center gap-1">
            <TextField
              aria-label={`Name of header ${index + 1}`}
              placeholder="X-Team"
              value={header.name}
              onChange={(event) => change(header.key, { name: event.target.value })}
              className="figures w-2/5 min-w-0"
            />
            <TextField
              aria-label={`Value of header ${index + 1}`}
              placeholder="{{secret:NAME}}"
              list={secretsId}
              value={header.value}
              onChange={(event) => change(header.key, { value: event.target.value })}
              className="figures min-w-0 flex-1"
            />
            <IconButton
              label={`Remove header ${index + 1}`}
              onClick={() => setHeaders(headers.filter(({ key }) => key !== header.key))}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </div>
        ))}
        <p className="text-danger text-[13px] empty:hidden">{isTried && !read.ok ? read.message : null}</p>
        <Button
          size="small"
          className="justify-self-start"
          onClick={() =>
            setHeaders([...headers, { key: (headers.at(-1)?.key ?? -1) + 1, name: "", value: "" }])
          }
        >
          Add a header
        </Button>
        <datalist id={secretsId}>
          {secrets.flatMap((secret) =>
            [`{{secret:${secret}}}`, `Bearer {{secret:${secret}}}`].map((value) => (
              <option key={value}>{value}</option>
            )),
          )}
        </datalist>
        <p className="text-muted text-[13px] [overflow-wrap:anywhere]">
          Headers are saved. A secret in one is written <code>{"{{secret:NAME}}"}</code>, and Vitrine&rsquo;s
          server fills it in. {secrets.length === 0 ? "" : `It lists ${secrets.join(", ")}.`}
        </p>
      </fieldset>
      <div className="flex gap-2">
        <Button kind="primary" type="submit">
          {server === null ? "Add server" : "Save"}
        </Button>
        <Button onClick={onCancel}>Back</Button>
      </div>
    </form>
  );
}
