"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount } from "@/lib/stream/figures/format-number";
import type { Json } from "@/lib/stream/turn/json";

import { type Container, type FittingRow, fittingRows, isContainer } from "./fitting-rows";
import { Scalar } from "./scalar";

type ValueTreeProps = {
  value: Json;
  /** How many rows it may have at first, those of inner values too. */
  room?: number;
  depth?: number;
};

/** Ten times what the box of a call shows: a thousand rows would hold up lanes that are streaming. */
const ROWS_AT_ONCE = 200;

/** A JSON value, also one of `readWritten`, as rows of keys and values. What has no room at first comes with buttons for more. */
export function ValueTree({ value, room = ROWS_AT_ONCE, depth = 0 }: ValueTreeProps) {
  if (isContainer(value)) return <Rows value={value} room={room} depth={depth} />;
  return (
    <span className="[overflow-wrap:anywhere] whitespace-pre-wrap">
      <Scalar value={value} />
    </span>
  );
}

function Rows({ value, room, depth }: { value: Container; room: number; depth: number }) {
  const [added, setAdded] = useState(0);
  const isArray = Array.isArray(value);
  const entries = Object.entries<Json>(value);
  if (entries.length === 0) return <span className="text-faint">{isArray ? "[ ]" : "{ }"}</span>;
  const shown = fittingRows(value, room + added);
  const rest = entries.length - shown.length;
  return (
    <>
      <dl className={depth === 0 ? "grid gap-y-0.5" : "border-line grid gap-y-0.5 border-s ps-3"}>
        {shown.map((row) => (
          <Row key={row.name} {...row} name={isArray ? `${row.name}:` : row.name} depth={depth} />
        ))}
      </dl>
      {rest > 0 ? (
        <Button kind="quiet" size="small" onClick={() => setAdded(added + ROWS_AT_ONCE)}>
          {`Show more (${formatCount(rest)} left)`}
        </Button>
      ) : null}
    </>
  );
}

function Row({ name, value, room, depth }: FittingRow & { depth: number }) {
  const isNested = isContainer(value) && Object.keys(value).length > 0;
  return (
    <div className={isNested ? "grid gap-y-0.5" : "flex min-w-0 gap-x-2"}>
      <dt className="text-muted max-w-[50%] shrink-0 [overflow-wrap:anywhere]">{showMarks(name)}</dt>
      <dd className="min-w-0">
        <ValueTree value={value} room={room} depth={depth + 1} />
      </dd>
    </div>
  );
}
