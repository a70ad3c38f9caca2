"use client";

import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { showMarks } from "@/lib/markdown/visible-marks";
import { formatCount, formatPlural } from "@/lib/stream/figures/format-number";
import type { Json } from "@/lib/stream/turn/json";

import { type Container, type FittingRow, fittingRows, isContainer } from "./fitting-rows";
import { Scalar } from "./scalar";

type ValueTreeProps = {
  value: Json;
  /** How many rows it may have at first, those of inner values too. */
  room?: number;
  depth?: number;
  /** Inner values can be folded and show their sizes, and long texts begin short. */
  folds?: boolean;
};

/** Ten times what the box of a call shows: a thousand rows would hold up lanes that are streaming. */
const ROWS_AT_ONCE = 200;

/** A JSON value, also one of `readWritten`, as rows of keys and values. What has no room at first comes with buttons for more. */
export function ValueTree({ value, room = ROWS_AT_ONCE, depth = 0, folds = false }: ValueTreeProps) {
  if (isContainer(value)) return <Rows value={value} room={room} depth={depth} folds={folds} />;
  if (folds && typeof value === "string" && value.length > LONG_TEXT) return <LongText text={value} />;
  return (
    <span className="[overflow-wrap:anywhere] whitespace-pre-wrap">
      <Scalar value={value} />
    </span>
  );
}

/** Characters of a text that are shown at first where values fold. */
const LONG_TEXT = 2_000;

function LongText({ text }: { text: string }) {
  const [isWhole, setIsWhole] = useState(false);
  return (
    <span className="[overflow-wrap:anywhere] whitespace-pre-wrap">
      <Scalar value={isWhole ? text : text.slice(0, LONG_TEXT)} />
      {isWhole ? null : (
        <Button kind="quiet" size="small" onClick={() => setIsWhole(true)}>
          {`Show all ${formatCount(text.length)} characters`}
        </Button>
      )}
    </span>
  );
}

type RowsProps = { value: Container; room: number; depth: number; folds: boolean };

function Rows({ value, room, depth, folds }: RowsProps) {
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
          <Row
            key={row.name}
            {...row}
            name={isArray ? `${row.name}:` : row.name}
            depth={depth}
            folds={folds}
          />
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

type RowProps = FittingRow & { depth: number; folds: boolean };

function Row({ name, value, room, depth, folds }: RowProps) {
  const isNested = isContainer(value) && Object.keys(value).length > 0;
  if (isNested && folds) return <Fold name={name} value={value} room={room} depth={depth} />;
  return (
    <div className={isNested ? "grid gap-y-0.5" : "flex min-w-0 gap-x-2"}>
      <dt className="text-muted max-w-[50%] shrink-0 [overflow-wrap:anywhere]">{showMarks(name)}</dt>
      <dd className="min-w-0">
        <ValueTree value={value} room={room} depth={depth + 1} folds={folds} />
      </dd>
    </div>
  );
}

/** An inner value that a press on its name folds away. */
function Fold({ name, value, room, depth }: { name: string; value: Container; room: number; depth: number }) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(true);
  const count = Object.keys(value).length;
  const words = Array.isArray(value) ? formatPlural(count, "item") : formatPlural(count, "key");
  return (
    <div className="grid gap-y-0.5">
      <dt className="min-w-0">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
          className="rounded-inner text-muted hover:text-text -ms-1 inline-flex min-w-0 items-center gap-1 pe-1 text-start"
        >
          <ChevronRight size={12} aria-hidden className={cn("shrink-0", isOpen && "rotate-90")} />
          <span className="[overflow-wrap:anywhere]">{showMarks(name)}</span>
          <span className="text-faint shrink-0">{`${words} · ${sizeWords(value)}`}</span>
        </button>
      </dt>
      <dd id={id} hidden={!isOpen} className="min-w-0">
        {isOpen ? <ValueTree value={value} room={room} depth={depth + 1} folds /> : null}
      </dd>
    </div>
  );
}

const sizes = new WeakMap<Container, string>();

/** How large a value is as JSON without white space. */
function sizeWords(value: Container): string {
  const known = sizes.get(value);
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length;
  const words = bytes < 1_000 ? `${String(bytes)} B` : `${(bytes / 1_000).toFixed(1)} kB`;
  sizes.set(value, words);
  return words;
}
