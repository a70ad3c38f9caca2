"use client";

import { useRef } from "react";

import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/fields/text-field";

type ToolSearchProps = {
  query: string;
  onQuery: (query: string) => void;
  /** How many tools there are, and how many of them the query finds. */
  all: number;
  found: number;
};

/** Fewer tools than these are seen at once. */
const FEW = 6;

/** Narrows a list of tools. Not there for a few of them, unless something is typed. Esc clears it first. */
export function ToolSearch({ query, onQuery, all, found }: ToolSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  if (all < FEW && query === "") return null;
  const clear = () => {
    onQuery("");
    field.current?.focus();
  };
  return (
    <search className="grid gap-1">
      <TextField
        ref={field}
        type="search"
        aria-label="Find a tool"
        placeholder="Find by name, description or set"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || query === "") return;
          event.stopPropagation();
          clear();
        }}
        className="w-full"
      />
      <output className="text-muted text-[13px] empty:hidden">
        {query.trim() === ""
          ? null
          : found === 0
            ? `None of ${all} tools has “${query.trim()}” in its name, description or sets.`
            : `${found} of ${all} tools`}
      </output>
      {found > 0 || query.trim() === "" ? null : (
        <div>
          <Button size="small" onClick={clear}>
            Show all tools
          </Button>
        </div>
      )}
    </search>
  );
}
