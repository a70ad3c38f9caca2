"use client";

import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";

import type { CommandScope } from "./command";
import { keyCommands } from "./key-commands";
import { isMeant, tinyChord } from "./letter-chord";

/** The page's keys, while they are on: each command that has some. Handlers may change without listening anew. */
export function useShortcuts(scope: CommandScope, isOn: boolean): void {
  const commands = keyCommands(scope);
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const chords = commands.map(({ chord }) => chord).join(" ");
  useEffect(() => {
    if (!isOn) return undefined;
    const handlers = chords.split(" ").map((chord) => [
      tinyChord(chord),
      (event: KeyboardEvent) => {
        const command = latest.current.find((other) => other.chord === chord);
        if (command === undefined || !isMeant(chord, { key: event.key, isTyping: isTyping(event) })) return;
        event.preventDefault();
        if (command.applies !== false) command.run();
      },
    ]);
    return tinykeys(window, Object.fromEntries(handlers));
  }, [chords, isOn]);
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
