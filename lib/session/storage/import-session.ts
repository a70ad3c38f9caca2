import * as z from "zod/mini";

import { type AttemptRecord, joinRecord, recordKey } from "@/lib/run/record";
import { withNewIds } from "@/lib/session/actions/with-new-ids";
import { fileImagesSchema, readFileImages } from "@/lib/session/images/file-images";
import { namedImages } from "@/lib/session/images/named-images";
import { interruptRecord } from "@/lib/session/run/interrupt-turn";
import type { NewIds } from "@/lib/session/store/ids";
import type { Session } from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";

import { checkJsonText } from "./check-json-text";
import type { Bundle } from "./database";
import { BUNDLE_FORMAT, BUNDLE_VERSION } from "./export-session";
import { fileRecordSchema, fromOldRecord, oldRecordSchema, readFileRecord } from "./saved-record";
import { sessionSchema, turnRecordSchema } from "./saved-session";

export type Imported =
  | { readonly ok: true; readonly bundle: Bundle<AttemptRecord> }
  | { readonly ok: false; readonly reason: string };

const MAX_TURNS = 10_000;
const MAX_RECORDS = 20_000;

const READABLE: ReadonlySet<number> = new Set([1, 2, 3, BUNDLE_VERSION]);

const headSchema = z.object({ format: z.literal(BUNDLE_FORMAT), version: z.number() });

// Version 1 had no images; up to version 2 the attempts of a step were one wire record.
const fileSchema = z.object({
  session: sessionSchema,
  turns: z.array(turnRecordSchema).check(z.maxLength(MAX_TURNS)),
  wires: z.prefault(z.array(oldRecordSchema).check(z.maxLength(MAX_RECORDS)), []),
  records: z.prefault(z.array(fileRecordSchema).check(z.maxLength(MAX_RECORDS)), []),
  images: z.prefault(fileImagesSchema, []),
});

type FileParts = z.infer<typeof fileSchema>;

/**
 * Reads what `exportBundle` wrote. All ids are new, so importing twice gives two sessions. Anything odd
 * refuses the whole file, with a reason that a person can act on.
 */
export function importBundle(text: string, ids: NewIds, now: number): Imported {
  const json = checkJsonText(text);
  if (!json.ok) return json;
  const head = z.safeParse(headSchema, json.value);
  if (!head.success) return refuse("This file is not a Vitrine export.");
  if (!READABLE.has(head.data.version)) {
    return refuse(
      `The file has version ${head.data.version}, but this Vitrine reads versions up to ${BUNDLE_VERSION}. Update Vitrine.`,
    );
  }
  const parsed = z.safeParse(fileSchema, json.value);
  if (!parsed.success) return refuse(describeIssue(parsed.error));
  // An approval is a person's, in their browser: a file brings none.
  const tools = parsed.data.session.tools.map(withoutApproval);
  const session: Session = { ...parsed.data.session, tools };
  const problem = findBrokenReference(parsed.data);
  if (problem !== null) return refuse(problem);
  const records: AttemptRecord[] = parsed.data.wires.map((old) => joinRecord(fromOldRecord(old)));
  for (const [index, record] of parsed.data.records.entries()) {
    const attempt = readFileRecord(record);
    if (attempt === null) return refuse(`records.${index}.reads holds base64 that cannot be read.`);
    records.push(attempt);
  }
  const read = readFileImages(parsed.data.images, namedImages(session, parsed.data.turns));
  if (!read.ok) return read;
  const turns = parsed.data.turns.map((turn) => interruptRecord(turn, "copied"));
  return { ok: true, bundle: withNewIds({ session, turns, records, images: read.images }, ids, now) };
}

function withoutApproval(tool: ToolDefinition): ToolDefinition {
  return tool.approval === null ? tool : { ...tool, approval: null };
}

function refuse(reason: string): Imported {
  return { ok: false, reason };
}

function describeIssue(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  const path = issue ? issue.path.map(String).join(".") : "";
  return `Invalid file at ${path === "" ? "the top level" : path}: ${issue?.message ?? "unknown shape"}.`;
}

/** Every id that is named must exist, once, in the right lane; and no turn may be its own ancestor. */
function findBrokenReference({ session, turns, wires, records }: FileParts): string | null {
  const lanes = new Set(session.lanes.map((lane) => lane.id));
  if (lanes.size < session.lanes.length) return "The file has two lanes with the same id.";
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  if (byId.size < turns.length) return "The file has two turns with the same id.";
  for (const [index, turn] of turns.entries()) {
    const parent = turn.parentId === null ? null : byId.get(turn.parentId);
    if (!lanes.has(turn.laneId)) return `turns.${index}.laneId refers to a lane that is not in the file.`;
    if (parent === undefined) return `turns.${index}.parentId refers to a turn that is not in the file.`;
    if (parent && parent.laneId !== turn.laneId) return `turns.${index}.parentId is in another lane.`;
  }
  const rootless = findRing(turns.map((turn) => [turn.id, turn.parentId]));
  if (rootless !== null) return `turns.${rootless}.parentId leads back to itself.`;
  for (const [index, lane] of session.lanes.entries()) {
    if (lane.leaf !== null && byId.get(lane.leaf)?.laneId !== lane.id) {
      return `session.lanes.${index}.leaf refers to a turn that is not in this lane.`;
    }
  }
  if (new Set(wires.map((wire) => wire.stepId)).size < wires.length) {
    return "The file has two wire records for the same step.";
  }
  if (new Set(records.map(recordKey)).size < records.length) {
    return "The file has two records for the same attempt.";
  }
  const stray = wires.findIndex((wire) => !turns.some((turn) => turn.id === wire.turnId));
  if (stray >= 0) return `wires.${stray}.turnId refers to a turn that is not in the file.`;
  const steps = new Set(turns.flatMap(({ turn }) => turn.steps.map((step) => step.id)));
  const homeless = records.findIndex((record) => !steps.has(record.stepId));
  return homeless < 0 ? null : `records.${homeless}.stepId refers to a step that is not in the file.`;
}

/** Index of the first entry whose parents never end, or null. Looks at every parent once. */
function findRing(entries: readonly (readonly [string, string | null])[]): number | null {
  const parents = new Map(entries);
  const rooted = new Set<string>();
  for (const [index, [id]] of entries.entries()) {
    const path = new Set<string>();
    let at: string | null = id;
    while (at !== null && !rooted.has(at)) {
      if (path.has(at)) return index;
      path.add(at);
      at = parents.get(at) ?? null;
    }
    for (const passed of path) rooted.add(passed);
  }
  return null;
}
