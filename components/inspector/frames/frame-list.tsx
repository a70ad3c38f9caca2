"use client";

import {
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";

import { RowWindow } from "@/components/ui/rows/row-window";
import type { Frame } from "@/lib/inspect/frame";
import { placeWords } from "@/lib/inspect/part-places";
import type { Step } from "@/lib/stream/turn/turn";

import { FrameRow, ROW_PX } from "./frame-row";

type FrameListProps = {
  frames: readonly Frame[];
  /** The step whose words the frames made. */
  step: Step;
  /** Places of those that are listed, in their order. */
  listed: readonly number[];
  sentAt: number | null;
  /** The place of the chosen frame; null = none. */
  chosen: number | null;
  onChoose: (index: number) => void;
  marked: ReadonlySet<number>;
  isWrapped: boolean;
};

/** All frames, of which only those in view are drawn. Arrow keys go from one to the next. Other frames want another `key`. */
export function FrameList(props: FrameListProps) {
  const { frames, step, listed, chosen, onChoose, marked, isWrapped } = props;
  const id = useId();
  const [view] = useState(() => new RowWindow(listed.length, ROW_PX));
  const { first, end, topPx, totalPx } = useSyncExternalStore(view.subscribe, view.read, view.read);
  const box = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => view.attach(box.current), [view]);
  useLayoutEffect(() => view.setCount(listed.length), [view, listed.length]);
  useLayoutEffect(() => {
    if (isWrapped && rows.current !== null) view.measure(rows.current);
    view.settle();
  });
  const position = chosen === null ? -1 : listed.indexOf(chosen);
  useEffect(() => {
    if (position !== -1) view.reveal(position);
  }, [position, view]);

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / ROW_PX) - 1);
    const to = moved(event.key, position, listed.length, page);
    if (to === null) return;
    event.preventDefault();
    const frame = listed[to];
    if (frame !== undefined) onChoose(frame);
  };
  const press = (event: MouseEvent<HTMLDivElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (row !== null) onChoose(Number(row.dataset["index"]));
  };
  return (
    <div
      ref={box}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select draws all of its options
      role="listbox"
      aria-label="Frames"
      tabIndex={0}
      {...(position < first || position >= end ? {} : { "aria-activedescendant": `${id} ${String(chosen)}` })}
      onKeyDown={move}
      onClick={press}
      className="min-h-24 flex-1 overflow-y-auto overscroll-contain [contain:strict] [overflow-anchor:none]"
    >
      <div role="presentation" style={{ height: totalPx }}>
        <div ref={rows} role="presentation" style={{ transform: `translateY(${String(topPx)}px)` }}>
          {listed.slice(first, end).map((index, offset) => {
            const frame = frames[index];
            if (frame === undefined) return null;
            const before = frames[index - 1];
            return (
              <FrameRow
                key={index}
                id={`${id} ${String(index)}`}
                frame={frame}
                made={placeWords(step, frame.words)
                  .map(({ text }) => text)
                  .join("")}
                index={index}
                position={first + offset}
                count={listed.length}
                sinceSend={props.sentAt === null ? null : frame.at - props.sentAt}
                gap={before === undefined ? null : frame.at - before.at}
                isChosen={index === chosen}
                isMarked={marked.has(index)}
                isWrapped={isWrapped}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Where a key leads from a row; null where it leads nowhere. */
function moved(key: string, from: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const to = {
    ArrowDown: from + 1,
    ArrowUp: from === -1 ? count - 1 : from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}
