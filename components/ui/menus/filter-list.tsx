"use client";

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- no native element is a combobox whose focus stays in the text */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

import { cn } from "@/components/ui/cn";
import { CONTROL } from "@/components/ui/fields/control";
import { focusOnMount } from "@/components/ui/fields/focus-on-mount";
import { isComposing } from "@/components/ui/fields/is-composing";

export type FilterOption = {
  /** Unique in the whole list. */
  readonly id: string;
  /** A function is called only where the option is near the view. */
  readonly content: ReactNode | (() => ReactNode);
  readonly disabled?: boolean;
};

export type FilterGroup = {
  readonly id: string;
  /** Name for assistive technology; also drawn where `heading` is missing. Empty = no heading. */
  readonly label: string;
  readonly heading?: ReactNode;
  readonly options: readonly FilterOption[];
};

type FilterListProps = {
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  groups: readonly FilterGroup[];
  onPick: (optionId: string) => void;
  /** Shown when nothing is left. */
  empty: ReactNode;
  /** The option in use now, marked and active at first. */
  current?: string | null;
};

/** A text field that narrows a list (an ARIA combobox): arrows, Home and End move, Enter picks, the focus stays in the field. */
export function FilterList(props: FilterListProps) {
  const { label, placeholder, query, onQuery, groups, onPick, empty, current = null } = props;
  const listId = useId();
  const ids = groups.flatMap((group) => group.options.filter(isEnabled).map((option) => option.id));
  const [wanted, setWanted] = useState(current);
  const active = wanted !== null && ids.includes(wanted) ? wanted : (ids[0] ?? null);

  useEffect(() => {
    if (active !== null) document.getElementById(domId(listId, active))?.scrollIntoView({ block: "nearest" });
  }, [active, listId]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (active !== null) onPick(active);
      return;
    }
    const next = moveActive(ids, active, event.key, query !== "");
    if (next === undefined) return;
    event.preventDefault();
    setWanted(next);
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="shrink-0 p-3">
        <input
          ref={focusOnMount}
          data-initial-focus
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={listId}
          {...(active === null ? {} : { "aria-activedescendant": domId(listId, active) })}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={query}
          onChange={(event) => {
            setWanted(null);
            onQuery(event.target.value);
          }}
          onKeyDown={onKeyDown}
          className={cn(CONTROL, "h-9 w-full px-3")}
        />
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label={label}
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2"
      >
        {groups.map((group) => (
          <Group
            key={group.id}
            group={group}
            listId={listId}
            active={active}
            current={current}
            onActive={setWanted}
            onPick={onPick}
          />
        ))}
      </div>
      {ids.length === 0 ? <div className="text-muted px-4 pb-4">{empty}</div> : null}
      <output className="sr-only">{ids.length === 1 ? "1 result" : `${ids.length} results`}</output>
    </div>
  );
}

type GroupProps = {
  group: FilterGroup;
  listId: string;
  active: string | null;
  current: string | null;
  onActive: (id: string) => void;
  onPick: (id: string) => void;
};

/** Options of a long list that are drawn, or not, together. */
const BLOCK = 50;

function blocksOf(options: readonly FilterOption[]) {
  return Array.from({ length: Math.ceil(options.length / BLOCK) }, (_, index) => ({
    from: index * BLOCK,
    options: options.slice(index * BLOCK, (index + 1) * BLOCK),
  }));
}

function Group({ group, ...rest }: GroupProps) {
  const { active } = rest;
  const row = (option: FilterOption) => <OptionRow key={option.id} option={option} {...rest} />;
  return (
    <div role="group" aria-label={group.label || "Other"} className="pb-1">
      {group.label === "" && group.heading === undefined ? null : (
        <div role="presentation" className="text-muted flex min-h-7 items-center gap-2 px-2 text-[13px]">
          {group.heading ?? group.label}
        </div>
      )}
      {blocksOf(group.options).map(({ from, options }) => (
        <RowBlock
          key={from}
          count={options.length}
          isForced={group.options.length <= BLOCK || options.some(({ id }) => id === active)}
        >
          {() => options.map(row)}
        </RowBlock>
      ))}
    </div>
  );
}

type OptionRowProps = Omit<GroupProps, "group"> & { option: FilterOption };

function OptionRow({ option, listId, active, current, onActive, onPick }: OptionRowProps) {
  return (
    <div
      id={domId(listId, option.id)}
      role="option"
      aria-selected={option.id === current}
      aria-disabled={option.disabled === true}
      tabIndex={-1}
      // The focus stays in the field: a press must not take it.
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={() => (isEnabled(option) && option.id !== active ? onActive(option.id) : undefined)}
      onClick={() => (isEnabled(option) ? onPick(option.id) : undefined)}
      onKeyDown={(event) => (event.key === "Enter" && isEnabled(option) ? onPick(option.id) : undefined)}
      className={cn(
        "flex min-h-8 items-center gap-2 rounded-inner px-2 py-1",
        option.id === active && "bg-accent-soft",
        option.id === current && "font-medium",
        option.disabled === true && "text-muted",
      )}
    >
      {typeof option.content === "function" ? option.content() : option.content}
    </div>
  );
}

function isEnabled(option: FilterOption): boolean {
  return option.disabled !== true;
}

function domId(listId: string, optionId: string): string {
  return `${listId}-${encodeURIComponent(optionId)}`;
}

type RowBlockProps = {
  /** Rows in the block, for its height before it was ever drawn. */
  count: number;
  /** Drawn whether or not it is in view. */
  isForced: boolean;
  children: () => ReactNode;
};

/** px of a row of one line, which is higher under a finger. */
function rowHeight(): number {
  return window.matchMedia("(pointer: coarse)").matches ? 44 : 32;
}

/** How far outside of the view rows are drawn, in px. */
const NEAR_PX = 600;

/** A block of a long list whose rows are drawn only near the view; elsewhere it keeps their place. */
function RowBlock({ count, isForced, children }: RowBlockProps) {
  const box = useRef<HTMLDivElement>(null);
  const [{ isNear, height }, setView] = useState(() => ({ isNear: false, height: count * rowHeight() }));
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        // Its rows may take more than one line each.
        setView({
          isNear: entry.isIntersecting,
          height: entry.boundingClientRect.height || count * rowHeight(),
        });
      },
      { root: element.closest('[role="listbox"]'), rootMargin: `${NEAR_PX}px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [count]);
  const isDrawn = isNear || isForced;
  return (
    <div ref={box} role="presentation" style={isDrawn ? undefined : { height }}>
      {isDrawn ? children() : null}
    </div>
  );
}

/**
 * The option a key leads to in a list whose focus stays in a text field, or undefined when the key is not the
 * list's. Up and down wrap around; Home and End belong to the text while there is any. Pure.
 */
export function moveActive(
  ids: readonly string[],
  active: string | null,
  key: string,
  hasText: boolean,
): string | undefined {
  const at = active === null ? -1 : ids.indexOf(active);
  switch (key) {
    case "ArrowDown":
      return ids[(at + 1) % ids.length];
    case "ArrowUp":
      return ids.at(at <= 0 ? -1 : at - 1);
    case "PageDown":
      return ids[Math.min(at + PAGE, ids.length - 1)];
    case "PageUp":
      return ids[Math.max(at - PAGE, 0)];
    case "Home":
      return hasText ? undefined : ids[0];
    case "End":
      return hasText ? undefined : ids.at(-1);
    default:
      return undefined;
  }
}

const PAGE = 8;
