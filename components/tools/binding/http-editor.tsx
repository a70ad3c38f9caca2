"use client";

import { Plus, X } from "lucide-react";
import { useId, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code/code-text";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/fields/field";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { Select } from "@/components/ui/fields/select";
import { TextField } from "@/components/ui/fields/text-field";
import { IconButton } from "@/components/ui/icon-button";
import { useSecretNames } from "@/lib/session/hooks/use-secret-names";
import { asObject } from "@/lib/stream/turn/json-read";
import { readTemplate, renderRequest } from "@/lib/tools/http/render-request";
import { type TemplateProblems, templateProblems } from "@/lib/tools/http/template-problems";
import { exampleOf } from "@/lib/tools/schema/example-of";
import type { HttpMethod, HttpTemplate, ToolBinding, ToolDefinition } from "@/lib/tools/tool";

import { TemplateField } from "./template-field";

type Http = Extract<ToolBinding, { readonly kind: "http" }>;

type HttpEditorProps = { tool: ToolDefinition; binding: Http; onChange: (binding: Http) => void };

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const satisfies readonly HttpMethod[];

/** The request that answers a call: a template over the arguments, and what it becomes. */
export function HttpEditor({ tool, binding, onChange }: HttpEditorProps) {
  const { request } = binding;
  const names = Object.keys(asObject(tool.parameters["properties"]) ?? {});
  const change = (part: Partial<HttpTemplate>) =>
    onChange({ kind: "http", request: { ...request, ...part } });
  const facts = readTemplate(request);
  const problems = templateProblems(request, names);
  const secrets = useSecretNames();
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-2">
        <Field label="Method">
          {(control) => (
            <Select
              {...control}
              value={request.method}
              options={METHODS.map((method) => ({ value: method, label: method }))}
              onChange={(chosen) =>
                change({ method: METHODS.find((each) => each === chosen) ?? request.method })
              }
            />
          )}
        </Field>
        <TemplateField
          label="Address"
          value={request.url}
          onChange={(url) => change({ url })}
          names={names}
          secrets={secrets}
          problem={problems.url}
          isOneLine
        />
      </div>
      <Headers
        headers={request.headers}
        problems={problems.headers}
        names={names}
        secrets={secrets}
        onChange={(headers) => change({ headers })}
      />
      {request.method === "GET" && request.body === null ? null : (
        <TemplateField
          label="Body"
          value={request.body ?? ""}
          onChange={(body) => change({ body: body === "" ? null : body })}
          names={names}
          secrets={secrets}
          problem={problems.body}
        />
      )}
      <p className="text-muted text-[13px]">
        <code>{"{{name}}"}</code> stands for an argument, <code>{"{{a.b}}"}</code> for one inside another.{" "}
        <code>{"{{secret:NAME}}"}</code> stands for a secret that the server&rsquo;s configuration lists
        (VITRINE_TOOL_SECRETS{secrets.length === 0 ? "" : `: ${secrets.join(", ")}`}); no key of a provider is
        ever sent. The server sends the request.
      </p>
      {facts.ok ? (
        <Disclosure summary="Preview with sample arguments">
          <Preview tool={tool} request={request} secrets={facts.secrets} />
        </Disclosure>
      ) : null}
    </div>
  );
}

type HeadersProps = {
  headers: HttpTemplate["headers"];
  problems: TemplateProblems["headers"];
  names: readonly string[];
  secrets: readonly string[];
  onChange: (headers: HttpTemplate["headers"]) => void;
};

function Headers({ headers, problems, names, secrets, onChange }: HeadersProps) {
  const id = useId();
  // A header's text is its field's own: a removed row must not leave its text to the next one.
  const [removals, setRemovals] = useState(0);
  const [isAdded, setIsAdded] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  return (
    <div className="grid gap-1">
      {headers.length === 0 ? null : <span className="text-muted text-[13px]">Headers</span>}
      {headers.map((header, index) => (
        <div
          // oxlint-disable-next-line react/no-array-index-key -- headers may share a name
          key={`${removals} ${index}`}
          className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-1"
        >
          <TextField
            ref={isAdded && index === headers.length - 1 ? focusOnMount : null}
            aria-label={`Name of header ${index + 1}`}
            {...((problems[index]?.name ?? null) === null
              ? {}
              : { "aria-invalid": true, "aria-describedby": `${id}-${index}` })}
            value={header.name}
            placeholder="name"
            onChange={(event) => onChange(headers.with(index, { ...header, name: event.target.value }))}
            className="figures w-full"
          />
          <TemplateField
            label={`Value of header ${index + 1}`}
            value={header.value}
            onChange={(value) => onChange(headers.with(index, { ...header, value }))}
            names={names}
            secrets={secrets}
            problem={problems[index]?.value ?? null}
            isOneLine
            isLabeled={false}
            className="min-w-0"
          />
          <IconButton
            label={`Remove header ${index + 1}`}
            onClick={() => {
              setIsAdded(false);
              setRemovals(removals + 1);
              onChange(headers.toSpliced(index, 1));
              add.current?.focus();
            }}
          >
            <X size={14} aria-hidden />
          </IconButton>
          <output
            id={`${id}-${index}`}
            className="text-danger col-span-3 text-[13px] [overflow-wrap:anywhere] empty:hidden"
          >
            {problems[index]?.name}
          </output>
        </div>
      ))}
      <div>
        <Button
          ref={add}
          size="small"
          onClick={() => {
            setIsAdded(true);
            onChange([...headers, { name: "", value: "" }]);
          }}
        >
          <Plus size={13} aria-hidden />
          Add a header
        </Button>
      </div>
    </div>
  );
}

type PreviewProps = { tool: ToolDefinition; request: HttpTemplate; secrets: readonly string[] };

function Preview({ tool, request, secrets }: PreviewProps) {
  const args = asObject(exampleOf(tool.parameters)) ?? {};
  const shown = renderRequest(request, {
    args,
    secrets: new Map(secrets.map((name) => [name, `<${name}>`])),
  });
  const lines = shown.ok
    ? [
        `${shown.request.method} ${shown.request.url}`,
        ...[...shown.request.headers].map(([name, value]) => `${name}: ${value}`),
        ...(shown.request.body === null ? [] : ["", shown.request.body]),
      ]
    : [];
  return (
    <div className="grid gap-1 text-[13px]">
      <p className="text-muted">
        With <code className="figures [overflow-wrap:anywhere]">{JSON.stringify(args)}</code>:
      </p>
      {shown.ok ? (
        <CodeText label="Request with sample arguments" text={lines.join("\n")} />
      ) : (
        <p className="text-danger">{shown.message}</p>
      )}
    </div>
  );
}
