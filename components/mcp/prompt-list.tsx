"use client";

import { useState } from "react";

import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/fields/field";
import { TextField } from "@/components/ui/fields/text-field";
import type { McpDescription } from "@/lib/contract/mcp";
import { showMarks } from "@/lib/markdown/visible-marks";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { McpServerRef } from "@/lib/tools/tool";

import { InsertButton, type ServerTexts } from "./insert-button";
import { textsOf } from "./into-draft";

type Prompt = McpDescription["prompts"][number];

type McpPromptsProps = {
  server: McpServerRef;
  prompts: readonly Prompt[];
};

/** The prompts of a server. One that is chosen goes into the composer. */
export function McpPrompts({ server, prompts }: McpPromptsProps) {
  if (prompts.length === 0) return null;
  return (
    <Disclosure summary={formatPlural(prompts.length, "prompt")} className="border-line border-t px-4 py-2">
      <ul className="grid gap-3">
        {prompts.map((prompt) => (
          <PromptOfServer key={prompt.name} server={server} prompt={prompt} />
        ))}
      </ul>
    </Disclosure>
  );
}

function PromptOfServer({ server, prompt }: { server: McpServerRef; prompt: Prompt }) {
  const { askMcp } = usePageActions();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const name = showMarks(prompt.name);
  const missing = prompt.args.filter((arg) => arg.isRequired && (values[arg.name] ?? "") === "");
  const read = async (): Promise<ServerTexts> => {
    if (missing.length > 0)
      return { ok: false, message: `Fill in ${missing.map((arg) => arg.name).join(", ")}.` };
    const args = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
    const reply = await askMcp((client) => client.prompt(server, prompt.name, args));
    if (!reply.ok) return { ok: false, message: reply.error.message };
    const { messages } = reply.value;
    const { texts, leftOut } = textsOf(messages.map(({ block }) => block));
    const hasReplies = messages.some(({ role }) => role === "assistant");
    const dialogue = messages.flatMap(({ role, block }) =>
      block.kind === "text" ? [`${role === "user" ? "User" : "Assistant"}: ${block.text}`] : [],
    );
    return { ok: true, texts: hasReplies ? dialogue : texts, leftOut };
  };
  return (
    <li className="grid gap-1.5">
      <span className="figures font-medium [overflow-wrap:anywhere]">{name}</span>
      <span className="text-muted text-[13px] [overflow-wrap:anywhere]">
        {showMarks(prompt.description.slice(0, 2_000))}
      </span>
      {prompt.args.map((arg) => (
        <Field
          key={arg.name}
          label={`${showMarks(arg.name)}${arg.isRequired ? " (required)" : ""}`}
          hint={arg.description === "" ? null : showMarks(arg.description)}
        >
          {(control) => (
            <TextField
              {...control}
              value={values[arg.name] ?? ""}
              onChange={(event) => setValues({ ...values, [arg.name]: event.target.value })}
              className="w-full"
            />
          )}
        </Field>
      ))}
      <InsertButton name={name} read={read} />
    </li>
  );
}
