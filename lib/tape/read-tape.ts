/** Reads the file of a tape: tolerant of what it does not know, strict with what could do harm. Pure. */
import * as z from "zod/mini";

import { DEEPEST_FILE } from "@/lib/stream/turn/bounds";
import type { Json } from "@/lib/stream/turn/json";
import { findJsonProblem } from "@/lib/stream/turn/json-depth";
import { isList, isObject, parseJson } from "@/lib/stream/turn/json-read";

import { cutText } from "./cut-text";
import { TAPE_LIMITS, TAPE_VERSION, type Tape } from "./tape";
import { openTapeBuilder, type TapeBuilder, type TapeFileLine } from "./tape-builder";
import { openTapeNotes, type TapeNotes } from "./tape-notes";
import { describeIssue, formatSchema, headerSchema, unknownFields, usSchema } from "./tape-schemas";

export type ReadTape =
  /** `notes`: what was left out, as sentences for a person. */
  | { readonly ok: true; readonly tape: Tape; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** Reads the text of a tape's file. Never throws. What it refuses it refuses as a whole, with the line and the reason. */
export function readTape(text: string): ReadTape {
  const { characters, lines: mostLines } = TAPE_LIMITS;
  if (text.length > characters)
    return refuse(
      `This tape has ${millions(text.length)} million characters. Vitrine reads tapes of at most ${millions(characters)} million.`,
    );
  const notes = openTapeNotes();
  const lines = linesIn(text.startsWith("\uFEFF") ? text.slice(1) : text);
  const first = lines.next();
  if (first.done) return refuse("This file is empty.");
  const opened = openHeader(first.value, notes);
  if (!opened.ok) return opened;
  const { builder } = opened;
  let last = 0;
  let count = 1;
  for (const line of lines) {
    count += 1;
    if (count > mostLines) return refuse(`This tape has more than ${millions(mostLines)} million lines.`);
    if (line.text.trim() === "") continue;
    const read = readLine(line, last);
    if (read === "cut") {
      notes.add("the tape ends inside this line, which was left out.", line.number);
      continue;
    }
    if (typeof read === "string") return refuse(`Line ${line.number}: ${read}`);
    last = read.us;
    const problem = builder.add(read, line.number);
    if (problem !== null) return refuse(`Line ${line.number}: ${problem}`);
  }
  return { ok: true, tape: builder.tape(), notes: notes.list() };
}

type TextLine = {
  readonly number: number;
  readonly text: string;
  /** The file ends here, and not with the end of a line. */
  readonly isOpen: boolean;
};

function* linesIn(text: string): Generator<TextLine, void, undefined> {
  let number = 0;
  for (let at = 0; at < text.length;) {
    const end = text.indexOf("\n", at);
    number += 1;
    yield { number, text: text.slice(at, end === -1 ? text.length : end), isOpen: end === -1 };
    at = end === -1 ? text.length : end + 1;
  }
}

function openHeader(
  { text }: TextLine,
  notes: TapeNotes,
): { readonly ok: true; readonly builder: TapeBuilder } | { readonly ok: false; readonly reason: string } {
  const json = readJson(text);
  if (!json.ok || !isObject(json.value)) {
    return refuse(
      `This file is not a tape: its first line is not a header${json.ok ? "" : ` (${json.problem})`}.`,
    );
  }
  const format = z.safeParse(formatSchema, json.value);
  if (!format.success) return refuse("This file is not a tape: its first line does not say that it is one.");
  if (format.data.version !== TAPE_VERSION)
    return refuse(
      `This tape has version ${format.data.version}, and this Vitrine reads version ${TAPE_VERSION}. Update Vitrine.`,
    );
  const lanes = isList(json.value["lanes"]) ? json.value["lanes"].length : 0;
  if (lanes < 1 || lanes > TAPE_LIMITS.lanes)
    return refuse(`Line 1: a tape has 1 to ${TAPE_LIMITS.lanes} lanes, and this one has ${lanes}.`);
  const header = z.safeParse(headerSchema, json.value);
  if (!header.success) return refuse(`Line 1: ${describeIssue(header.error)}`);
  for (const note of unknownFields(json.value, headerSchema.shape)) notes.add(note, 1);
  return { ok: true, builder: openTapeBuilder(shortHeader(header.data, notes), notes) };
}

type Header = z.infer<typeof headerSchema>;

/** The header with names that leave room for what they name. */
function shortHeader(header: Header, notes: TapeNotes): Header {
  const { nameCharacters: most } = TAPE_LIMITS;
  const cut = (what: string, text: string) => {
    const short = cutText(text, most);
    if (short !== text) notes.add(`${what} is longer than ${most} characters and was cut.`, 1);
    return short;
  };
  return {
    ...header,
    name: cut("its name", header.name),
    source: cut("its source", header.source),
    lanes: header.lanes.map((lane) => ({ ...lane, label: cut("the label of a lane", lane.label) })),
  };
}

/** The line; "cut" where it is the last and is not whole; or what is wrong with it, as a sentence. */
function readLine({ text, isOpen }: TextLine, last: number): TapeFileLine | string {
  const json = readJson(text);
  if (!json.ok) return isOpen && json.problem === NOT_JSON ? "cut" : sentence(json.problem);
  const { value } = json;
  if (!isList(value) || value.length < 4) return "it is not of the form [time, lane, kind, data].";
  const [us, lane = null, kind, data = null] = value;
  const time = z.safeParse(usSchema, us);
  if (!time.success) return "its time is not a whole number of microseconds from 0 to ten years.";
  if (time.data < last) return "its time lies before that of the line before it.";
  if (typeof kind !== "string") return "its kind is not a text.";
  return { us: time.data, lane, kind, data };
}

const NOT_JSON = "it is not JSON";

type ReadJson =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: string };

function readJson(text: string): ReadJson {
  if (text.length > TAPE_LIMITS.lineCharacters)
    return {
      ok: false,
      problem: `it has more than ${millions(TAPE_LIMITS.lineCharacters)} million characters`,
    };
  const value = parseJson(text);
  if (value === undefined) return { ok: false, problem: NOT_JSON };
  const problem = findJsonProblem(value, DEEPEST_FILE);
  return problem === null ? { ok: true, value } : { ok: false, problem };
}

function sentence(problem: string): string {
  return `${problem}.`;
}

function millions(count: number): string {
  return String(Math.ceil(count / 1_000_000));
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
