"use client";

import { FileUp } from "lucide-react";
import { type ClipboardEvent, useEffect, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/fields/field";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { TextArea } from "@/components/ui/fields/text-area";
import { readBinding } from "@/lib/contract/tool-binding";
import { formatCount } from "@/lib/stream/figures/format-number";
import type { ReadTools, WrittenSet } from "@/lib/tools/formats/format";
import { readTools } from "@/lib/tools/formats/read-tools";
import type { ToolDefinition } from "@/lib/tools/tool";

import { type ChosenTool, FoundTools } from "./found-tools";
import { readToolFile } from "./read-tool-file";

type ImportToolsProps = {
  /** What was pasted or dropped; "" = nothing yet. */
  initialText: string;
  others: readonly ToolDefinition[];
  /** Called with the chosen tools and with the sets that are added. */
  onAdd: (tools: readonly ChosenTool[], sets: readonly WrittenSet[]) => void;
  onCancel: () => void;
};

/** What Zod code gave when it was run. */
type RanZod = {
  readonly code: string;
  /** Its schemas. */
  readonly json: string;
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
};

/** The sandbox gives up before that. */
const ZOD_MS = 30_000;

/** A field with more characters takes so long to lay out that the page stands still. */
const MOST_SHOWN = 100_000;
const HELD_SHOWN = 2_000;

/** What the field would hold after a paste that makes it too long to be shown; null for any other. */
function longPaste({ currentTarget, clipboardData }: ClipboardEvent<HTMLTextAreaElement>): string | null {
  const { value, selectionStart, selectionEnd } = currentTarget;
  const pasted = clipboardData.getData("text/plain");
  const whole = value.slice(0, selectionStart) + pasted + value.slice(selectionEnd);
  return whole.length > MOST_SHOWN ? whole : null;
}

function looksLikeZod(text: string): boolean {
  return /\bz\s*\.\s*(?:object|strictObject|looseObject|interface)\s*\(/.test(text) && !/^\s*[[{]/.test(text);
}

/** Tools from a text of any known format: what it holds is reviewed first, and nothing is added before that. */
export function ImportTools({ initialText, others, onAdd, onCancel }: ImportToolsProps) {
  const [text, setText] = useState(initialText);
  const [read, setRead] = useState<ReadTools | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** The schemas that Zod code declared when it was run, as JSON, and that code. */
  const [ran, setRan] = useState<RanZod | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const source = ran?.code === text ? ran.json : text;
  const isHeld = text.length > MOST_SHOWN;
  const isZodUnread = looksLikeZod(text) && source === text;
  const change = (next: string) => {
    setProblem(null);
    setText(next);
  };

  useEffect(() => {
    let isCurrent = true;
    const show = async () => {
      const found = await readTools(source, { others, readBinding, onTaken: "ask" });
      if (isCurrent) setRead(found);
    };
    void show();
    return () => {
      isCurrent = false;
    };
  }, [source, others]);

  const runZod = async () => {
    const code = text;
    const { schemaFromZod } = await import("@/lib/session/sandbox/schema-from-zod");
    const made = await schemaFromZod(code, {
      fetch: (input, init) => fetch(input, init),
      signal: AbortSignal.timeout(ZOD_MS),
    });
    setProblem(made.ok ? null : made.message);
    if (!made.ok) return;
    const titled = made.schemas.map(({ name, schema }) =>
      Object.assign({}, schema, { title: schema["title"] ?? name }),
    );
    setRan({ code, json: JSON.stringify(titled), skipped: made.skipped });
  };

  const open = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    const opened = await readToolFile(chosen);
    setProblem(opened.ok ? null : opened.message);
    if (opened.ok) setText(opened.text);
  };

  return (
    <div className="grid content-start gap-3 p-4">
      <Field
        label="Tools to import"
        hint="A request or tools of OpenAI, Anthropic, Gemini, Bedrock or MCP, an OpenAPI document, JSON Schema, Zod code, or a curl command. Nothing is sent anywhere."
        error={problem}
      >
        {(control) => (
          <TextArea
            {...control}
            ref={focusOnMount}
            rows={6}
            value={isHeld ? `${text.slice(0, HELD_SHOWN)}…` : text}
            readOnly={isHeld}
            onChange={(event) => change(event.target.value)}
            onPaste={(event) => {
              const whole = isHeld ? null : longPaste(event);
              if (whole === null) return;
              event.preventDefault();
              change(whole);
            }}
            className="figures max-h-48 w-full"
          />
        )}
      </Field>
      {isHeld ? (
        <div className="text-muted flex flex-wrap items-center gap-2 text-[13px]">
          {`All of its ${formatCount(text.length)} characters are read. The first ${formatCount(HELD_SHOWN)} are shown.`}
          <Button size="small" onClick={() => change("")}>
            Remove this text
          </Button>
        </div>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => file.current?.click()}>
          <FileUp size={14} aria-hidden />
          Open a file…
        </Button>
        {isZodUnread ? (
          <Button size="small" onClick={() => void runZod()}>
            Run this Zod code in the sandbox
          </Button>
        ) : null}
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
        <input
          ref={file}
          type="file"
          aria-label="File of tools"
          hidden
          onChange={(event) => {
            void open(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </div>
      {isZodUnread ? (
        <p className="text-muted text-[13px]">
          This is Zod code. It runs at a press, without a network, and its schemas are shown before any is
          added.
        </p>
      ) : text.trim() === "" || read === null ? null : (
        <FoundTools
          key={source}
          read={ran?.code === text ? withSkipped(read, ran.skipped) : read}
          others={others}
          onAdd={onAdd}
        />
      )}
    </div>
  );
}

/** What was read, with the schemas that could not be written. */
function withSkipped(read: ReadTools, more: RanZod["skipped"]): ReadTools {
  if (more.length === 0) return read;
  const count = read.found.length + read.skipped.length;
  const added = more.map(({ name, why }, index) => ({ name, why, position: count + index + 1 }));
  // That the list of the others is empty goes without saying.
  return { ...read, skipped: [...read.skipped, ...added], notes: count === 0 ? [] : read.notes };
}
