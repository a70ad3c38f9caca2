"use client";

import { ChevronFirst, ChevronLast, Flag, Pause, Play, StepBack, StepForward } from "lucide-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";

import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/fields/select";
import { Switch } from "@/components/ui/fields/switch";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menus/menu";
import { useIsNarrow } from "@/components/ui/use-is-narrow";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { RecordedMarker } from "@/lib/session/tape/opened-recording";
import { type Player, SPEEDS } from "@/lib/session/tape/player";

import { usePlayerKeys } from "./use-player-keys";

type PlayerBarProps = {
  player: Player;
  markers: readonly RecordedMarker[];
  /** Id of the element that names the recording. */
  label: string;
  onRunLive: () => void;
  jump: ReactNode;
};

/** Plays a recording: at its pace, faster, slower, at once, or event by event. Two lines, on a phone too. */
export function PlayerBar({ player, markers, label, onRunLive, jump }: PlayerBarProps) {
  const { at, endsAt } = useStore(player.state);
  const isNarrow = useIsNarrow();
  usePlayerKeys(player);
  const seek = (to: number) => {
    player.pause();
    player.seek(to);
  };
  const runLive = (
    <Button kind={at >= endsAt ? "primary" : "plain"} onClick={onRunLive} className="ml-auto">
      Run it live
    </Button>
  );
  return (
    <section aria-labelledby={label} className="relative mx-auto grid max-w-[1120px] gap-1.5">
      <div className="flex items-center gap-3">
        {isNarrow ? <PlayButton player={player} isIcon /> : null}
        <input
          type="range"
          aria-label="Time"
          aria-valuetext={`${clock(at)} of ${clock(endsAt)}`}
          min={0}
          max={endsAt}
          // A thousandth, so that an arrow key moves by something that is seen.
          step={Math.max(1, endsAt / 1_000)}
          value={at}
          onChange={(event) => seek(Number(event.target.value))}
          className="accent-accent h-6 min-w-0 flex-1"
        />
        <span className="figures text-muted whitespace-nowrap">
          {clock(at)} / {clock(endsAt)}
        </span>
      </div>
      <Markers markers={markers} at={at} onSeek={seek} />
      {isNarrow ? (
        <div className="flex items-center gap-1">
          <StepButton player={player} by={-1} />
          <StepButton player={player} by={1} />
          <EndButton onSeek={() => seek(endsAt)} />
          <PaceMenu player={player} />
          {runLive}
          {/* Over the answers: this line is full. */}
          <div className="absolute right-0 bottom-full mb-4">{jump}</div>
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-x-1 gap-y-1.5">
          <IconButton label="To the beginning" onClick={() => player.seek(0)}>
            <ChevronFirst size={16} aria-hidden />
          </IconButton>
          <StepButton player={player} by={-1} />
          <PlayButton player={player} />
          <StepButton player={player} by={1} />
          <EndButton onSeek={() => seek(endsAt)} />
          <Pace player={player} />
          {jump}
          {runLive}
        </div>
      )}
    </section>
  );
}

function PlayButton({ player, isIcon = false }: { player: Player; isIcon?: boolean }) {
  const { at, endsAt, isPlaying } = useStore(player.state);
  const isAtEnd = at >= endsAt;
  const label = isPlaying ? "Pause" : isAtEnd ? "Play again" : "Play";
  return (
    <Button
      kind={isAtEnd ? "plain" : "primary"}
      onClick={isPlaying ? player.pause : player.play}
      data-initial-focus=""
      {...(isIcon ? { "aria-label": label, title: label, size: "icon" as const } : { className: "min-w-24" })}
    >
      {isPlaying ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
      {isIcon ? null : label}
    </Button>
  );
}

function StepButton({ player, by }: { player: Player; by: 1 | -1 }) {
  return (
    <IconButton label={by === 1 ? "One event forward" : "One event back"} onClick={() => player.step(by)}>
      {by === 1 ? <StepForward size={15} aria-hidden /> : <StepBack size={15} aria-hidden />}
    </IconButton>
  );
}

function EndButton({ onSeek }: { onSeek: () => void }) {
  return (
    <IconButton label="To the end" onClick={onSeek}>
      <ChevronLast size={16} aria-hidden />
    </IconButton>
  );
}

const SKIP_WAITS = "Skip waits for people";

/** How fast it plays, and whether waits are cut short. */
function Pace({ player }: { player: Player }) {
  const { speed, skipsWaits } = useStore(player.state);
  return (
    <>
      <Select
        aria-label="Speed"
        value={String(speed)}
        options={SPEEDS.map((each) => ({ value: String(each), label: `× ${each}` }))}
        onChange={(value) => {
          const chosen = SPEEDS.find((each) => String(each) === value);
          if (chosen !== undefined) player.setSpeed(chosen);
        }}
      />
      <span className="mx-2 flex items-center">
        <Switch label={SKIP_WAITS} checked={skipsWaits} onChange={player.setSkipsWaits} />
      </span>
    </>
  );
}

/** The same in one button. */
function PaceMenu({ player }: { player: Player }) {
  const { speed, skipsWaits } = useStore(player.state);
  return (
    <Menu
      kind="quiet"
      label={`Speed, × ${speed}`}
      className="px-2 tabular-nums"
      entries={[
        ...SPEEDS.map((each) => ({
          kind: "check" as const,
          label: `× ${each}`,
          checked: each === speed,
          run: () => player.setSpeed(each),
        })),
        { kind: "separator", id: "waits" },
        { kind: "check", label: SKIP_WAITS, checked: skipsWaits, run: player.setSkipsWaits },
      ]}
    >
      {`× ${speed}`}
    </Menu>
  );
}

/** Markers that are listed; a tape may hold many. */
const MOST_MARKERS = 12;

type MarkersProps = { markers: readonly RecordedMarker[]; at: number; onSeek: (at: number) => void };

/** The named moments of a recording. A press goes there; the one that was passed last is marked. */
function Markers({ markers, at, onSeek }: MarkersProps) {
  if (markers.length === 0) return null;
  const passed = markers.findLastIndex((marker) => marker.at <= at);
  const more = markers.length - MOST_MARKERS;
  return (
    // A phone has one line of them, which moves along.
    <ol
      aria-label="Markers"
      className="flex flex-wrap items-center gap-x-1 max-[720px]:flex-nowrap max-[720px]:overflow-x-auto"
    >
      {markers.slice(0, MOST_MARKERS).map((marker, index) => (
        // Markers have no ids, and their list never changes.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className="min-w-0 max-[720px]:max-w-60 max-[720px]:shrink-0">
          <Button
            kind="quiet"
            onClick={() => onSeek(marker.at)}
            {...(index === passed ? { "aria-current": "step" as const } : {})}
            className="max-w-full aria-[current=step]:font-semibold"
          >
            <Flag size={13} aria-hidden />
            <span className="figures">{clock(marker.at)}</span>
            <span className="truncate">{showMarks(marker.text)}</span>
          </Button>
        </li>
      ))}
      {more > 0 ? <li className="text-muted whitespace-nowrap">and {more} more</li> : null}
    </ol>
  );
}

/** "0:04.2": minutes, seconds, tenths. */
function clock(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = Math.floor(tenths / 10) % 60;
  return `${minutes}:${String(seconds).padStart(2, "0")}.${tenths % 10}`;
}
