"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount } from "@/lib/stream/format-number";
import type { Json, JsonObject } from "@/lib/stream/json";

type ValueTreeProps = { value: Json; depth?: number };

const SHOWN_ROWS = 200;

/** A JSON value as rows of keys and values. Long lists and objects are cut, with a button for more. */
export function ValueTree({ value, depth = 0 }: ValueTreeProps) {
  if (typeof value !== "object" || value === null) return <Scalar value={value} />;
  return <Rows value={value} depth={depth} />;
}

function Scalar({ value }: { value: null | boolean | number | string }) {
  if (typeof value === "string") {
    return (
      <span className="text-code-string [overflow-wrap:anywhere] whitespace-pre-wrap">
        {`"${showMarks(value)}"`}
      </span>
    );
  }
  return <span className="text-code-number">{String(value)}</span>;
}

function Rows({ value, depth }: { value: JsonObject | readonly Json[]; depth: number }) {
  const [shown, setShown] = useState(SHOWN_ROWS);
  const isArray = Array.isArray(value);
  const entries = Object.entries<Json>(value);
  if (entries.length === 0) return <span className="text-faint">{isArray ? "[ ]" : "{ }"}</span>;
  const rest = entries.length - shown;
  return (
    <>
      <dl className={depth === 0 ? "grid gap-y-0.5" : "border-line grid gap-y-0.5 border-l pl-3"}>
        {entries.slice(0, shown).map(([key, child]) => (
          <Row key={key} name={isArray ? `${key}:` : key} value={child} depth={depth} />
        ))}
      </dl>
      {rest > 0 ? (
        <Button kind="quiet" size="small" onClick={() => setShown(shown + SHOWN_ROWS)}>
          {`Show more (${formatCount(rest)} left)`}
        </Button>
      ) : null}
    </>
  );
}

function Row({ name, value, depth }: { name: string; value: Json; depth: number }) {
  const isNested = typeof value === "object" && value !== null && Object.keys(value).length > 0;
  return (
    <div className={isNested ? "grid gap-y-0.5" : "flex min-w-0 gap-x-2"}>
      <dt className="text-code-name max-w-[50%] shrink-0 [overflow-wrap:anywhere]">{showMarks(name)}</dt>
      <dd className="min-w-0">
        <ValueTree value={value} depth={depth + 1} />
      </dd>
    </div>
  );
}
