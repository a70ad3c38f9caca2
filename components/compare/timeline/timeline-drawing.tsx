import { useId } from "react";

import { PHASE_LABELS, phaseWords } from "@/components/answer/timings/phase-labels";
import { durationWords } from "@/components/inspector/frames/time-words";
import { axisTimes, type TickTone, type TimelineLane, type Window } from "@/lib/compare/timeline";
import { showMarks } from "@/lib/markdown/visible-marks";
import { isPause, type PhaseKind } from "@/lib/stream/figures/phases";

export type NamedLane = TimelineLane & {
  /** What its line begins with, such as "1 smollm2-135m". */
  readonly name: string;
};

type TimelineDrawingProps = {
  lanes: readonly NamedLane[];
  seen: Window;
  /** px */
  width: number;
};

/** px around the clock, so that its first and last label have room. */
export const EDGE = 20;
const AXIS = 22;
const LANE = 66;
const LEGEND_LINE = 20;
/** A font that every viewer has: the drawing is looked at elsewhere too. */
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const CHARACTER = 6.4;

const COLORS: Record<PhaseKind, string> = {
  waiting: "var(--phase-waiting)",
  prompt: "var(--phase-prompt)",
  thinking: "var(--phase-thinking)",
  answer: "var(--phase-answer)",
  call: "var(--phase-tool)",
  "tool-wait": "var(--phase-tool)",
  person: "var(--line-strong)",
  unsent: "var(--line-strong)",
};
const TONES: Record<TickTone, string> = {
  thought: COLORS.thinking,
  text: COLORS.answer,
  call: COLORS.call,
};
type LegendKind = PhaseKind | "stall" | "retry";

/** What the legend names, in the order in which it usually happens. */
const LEGEND: readonly PhaseKind[] = [
  "unsent",
  "waiting",
  "prompt",
  "thinking",
  "answer",
  "call",
  "tool-wait",
  "person",
];

/** All lanes of a row on one clock, as one picture that needs nothing around it but its colors. */
export function TimelineDrawing({ lanes, seen, width }: TimelineDrawingProps) {
  const id = useId().replaceAll(/[^\w-]/gu, "");
  const plot = Math.max(1, width - 2 * EDGE);
  const x = (at: number) => EDGE + ((at - seen.from) / (seen.to - seen.from)) * plot;
  const legend = legendOf(lanes, width);
  const height = AXIS + lanes.length * LANE + legend.lines * LEGEND_LINE + 8;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      role="img"
      aria-label={`Timeline of ${String(lanes.length)} lanes from ${durationWords(seen.from)} to ${durationWords(seen.to)}. The table below has the same in words.`}
      fontFamily={FONT}
      fontSize={12}
      className="block"
    >
      <defs>
        <clipPath id={`${id}-plot`}>
          <rect x={EDGE} y={0} width={plot} height={height} />
        </clipPath>
        <Hatch id={`${id}-prompt`} angle={0} />
        <Hatch id={`${id}-thinking`} angle={45} />
        <Hatch id={`${id}-call`} angle={90} />
      </defs>
      <rect width={width} height={height} fill="var(--surface)" />
      <Axis seen={seen} x={x} plot={plot} bottom={AXIS + lanes.length * LANE} />
      {lanes.map((lane, index) => (
        <Lane key={lane.name} lane={lane} top={AXIS + index * LANE} id={id} x={x} seen={seen} />
      ))}
      <g transform={`translate(0 ${String(AXIS + lanes.length * LANE + 6)})`}>
        {legend.items.map(({ label, kind, left, line }) => (
          <g key={label} transform={`translate(${String(left)} ${String(line * LEGEND_LINE)})`}>
            <Mark kind={kind} id={id} />
            <text x={20} y={11} fill="var(--muted)">
              {label}
            </text>
          </g>
        ))}
      </g>
    </svg>
  );
}

/** A mark of the legend. */
function Mark({ kind, id }: { kind: LegendKind; id: string }) {
  const box = { x: 0, width: 14, y: 2, height: 10 };
  if (kind === "stall") return <StallMark {...box} />;
  if (kind === "retry") return <RetryMark x={3} y={3} until={14} />;
  return <Bar kind={kind} id={id} {...box} />;
}

function Hatch({ id, angle }: { id: string; angle: number }) {
  return (
    <pattern
      id={id}
      width={4}
      height={4}
      patternUnits="userSpaceOnUse"
      patternTransform={`rotate(${String(angle)})`}
    >
      <line x1={0} y1={0} x2={0} y2={4} stroke="var(--surface)" strokeWidth={1.6} />
    </pattern>
  );
}

type AxisProps = { seen: Window; x: (at: number) => number; plot: number; bottom: number };

function Axis({ seen, x, plot, bottom }: AxisProps) {
  return axisTimes(seen, plot / 90).map((at) => (
    <g key={at}>
      <line x1={x(at)} x2={x(at)} y1={AXIS - 6} y2={bottom} stroke="var(--line)" strokeWidth={1} />
      <text x={x(at)} y={12} textAnchor="middle" fill="var(--muted)">
        {timeOf(at, seen)}
      </text>
    </g>
  ));
}

/** "1.25 s", with as many digits as distinguish the times of this window. */
function timeOf(at: number, { from, to }: Window): string {
  if (to - from < 1_000) return `${String(Math.round(at * 10) / 10)} ms`;
  return `${(at / 1_000).toFixed(to - from < 10_000 ? 1 : 0)} s`;
}

type LaneProps = { lane: NamedLane; top: number; id: string; x: (at: number) => number; seen: Window };

function Lane({ lane, top, id, x, seen }: LaneProps) {
  const isSeen = (from: number, to: number) => to >= seen.from && from <= seen.to;
  const wide = (from: number, to: number) => Math.max(1, x(to) - x(from));
  return (
    <g transform={`translate(0 ${String(top)})`}>
      <text x={EDGE} y={12} fill="var(--text)" fontWeight={600}>
        {showMarks(lane.name)}
      </text>
      <g clipPath={`url(#${id}-plot)`}>
        {lane.phases
          .filter(({ startMs, endMs }) => isSeen(startMs, endMs))
          .map((phase) => (
            <g key={`${String(phase.step)} ${String(phase.startMs)}`}>
              <title>{`step ${String(phase.step + 1)}: ${phaseWords(phase)}`}</title>
              <Bar
                kind={phase.kind}
                x={x(phase.startMs)}
                width={wide(phase.startMs, phase.endMs)}
                y={19}
                height={14}
                id={id}
              />
            </g>
          ))}
        {thinned(lane.ticks, x, seen).map(({ at, tone }) => (
          <line
            key={`${tone} ${String(at)}`}
            x1={x(at)}
            x2={x(at)}
            y1={36}
            y2={43}
            stroke={TONES[tone]}
            strokeWidth={1}
          />
        ))}
        {lane.tools
          .filter(({ from, to }) => isSeen(from, to))
          .map(({ name, from, to }, index) => (
            // One tool may run twice from the same moment on.
            // oxlint-disable-next-line react/no-array-index-key -- see above
            <g key={index}>
              <title>{`${showMarks(name)} ran for ${durationWords(to - from)}`}</title>
              <rect
                x={x(from)}
                y={46}
                width={wide(from, to)}
                height={14}
                rx={2}
                fill="none"
                stroke={COLORS["tool-wait"]}
              />
              {wide(from, to) > name.length * CHARACTER + 8 ? (
                <text x={x(from) + 4} y={57} fontSize={11} fill="var(--text)">
                  {showMarks(name)}
                </text>
              ) : null}
            </g>
          ))}
        {lane.retries
          .filter(({ from, to }) => isSeen(from, to))
          .map(({ from, to, why }) => (
            <g key={from}>
              <title>{`An attempt failed, sent again after ${durationWords(to - from)}: ${showMarks(why)}`}</title>
              <RetryMark x={x(from)} y={22} until={x(to)} />
            </g>
          ))}
        {lane.stalls
          .filter(({ from, to }) => isSeen(from, to))
          .map(({ from, to }) => (
            <g key={from}>
              <title>{`Stall: nothing for ${durationWords(to - from)}`}</title>
              <StallMark x={x(from)} width={wide(from, to)} y={35} height={9} />
            </g>
          ))}
      </g>
    </g>
  );
}

type BoxProps = { x: number; y: number; width: number; height: number };

/** A cross where an attempt failed, and a line until the next was sent. */
function RetryMark({ x, y, until }: { x: number; y: number; until: number }) {
  return (
    <>
      <line x1={x} x2={until} y1={y + 4} y2={y + 4} stroke="var(--danger)" strokeDasharray="3 2" />
      <path
        d={`M${String(x - 3)} ${String(y)}l6 8m0 -8l-6 8`}
        stroke="var(--danger)"
        strokeWidth={1.5}
        fill="none"
      />
    </>
  );
}

function StallMark({ x, y, width, height }: BoxProps) {
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={height}
      fill="var(--warn)"
      fillOpacity={0.3}
      stroke="var(--warn)"
      strokeWidth={0.75}
    />
  );
}

/** A phase: its color, and the height and hatching that distinguish it without color. */
function Bar({ kind, x, y, width, height, id }: BoxProps & { kind: PhaseKind; id: string }) {
  if (kind === "person" || kind === "unsent") {
    const middle = y + height / 2;
    return (
      <line
        x1={x}
        x2={x + width}
        y1={middle}
        y2={middle}
        stroke={COLORS[kind]}
        strokeWidth={1}
        strokeDasharray="2 3"
      />
    );
  }
  const isLow = kind === "waiting" || kind === "tool-wait";
  const box = { x, width, y: isLow ? y + height / 3 : y, height: isLow ? height / 3 : height };
  const isHatched = kind === "prompt" || kind === "thinking" || kind === "call";
  return (
    <>
      <rect {...box} fill={COLORS[kind]} fillOpacity={kind === "tool-wait" ? 0.55 : 1} />
      {isHatched ? <rect {...box} fill={`url(#${id}-${kind})`} fillOpacity={0.55} /> : null}
    </>
  );
}

/** At most one tick for each half px. */
function thinned(
  ticks: TimelineLane["ticks"],
  x: (at: number) => number,
  seen: Window,
): TimelineLane["ticks"] {
  const places = new Map<number, TimelineLane["ticks"][number]>();
  for (const tick of ticks)
    if (tick.at >= seen.from && tick.at <= seen.to) places.set(Math.round(x(tick.at) * 2), tick);
  return [...places.values()];
}

/** The marks that the lanes have, laid out in lines of this width. */
function legendOf(lanes: readonly TimelineLane[], width: number) {
  const kinds = new Set(lanes.flatMap(({ phases }) => phases.map(({ kind }) => kind)));
  const found: readonly { readonly kind: LegendKind; readonly label: string }[] = [
    ...LEGEND.filter((kind) => kinds.has(kind)).map((kind) => ({
      kind,
      label: isPause({ kind, startMs: 0, endMs: 0, step: 0 })
        ? `${PHASE_LABELS[kind]} (a pause)`
        : PHASE_LABELS[kind],
    })),
    ...(lanes.some(({ retries }) => retries.length > 0)
      ? [{ kind: "retry" as const, label: "failed, sent again" }]
      : []),
    ...(lanes.some(({ stalls }) => stalls.length > 0) ? [{ kind: "stall" as const, label: "stall" }] : []),
  ];
  let [left, line] = [EDGE, 0];
  const items = found.map(({ kind, label }) => {
    const own = 20 + label.length * CHARACTER + 16;
    if (left + own > width && left > EDGE) [left, line] = [EDGE, line + 1];
    const item = { kind, label, left, line };
    left += own;
    return item;
  });
  return { items, lines: line + 1 };
}
