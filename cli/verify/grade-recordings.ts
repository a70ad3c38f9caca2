/** A folder of recordings as lanes of a run. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { openRecording } from "@/cli/recording-file";
import { isBinaryStream } from "@/lib/tape/formats/judge-exchange";
import type { Suite } from "@/lib/verify/case";
import { type RecordedFile, recordedLanes, type RecordedLanes } from "@/lib/verify/recordings/lanes-of";

/** Endings of files that may be recordings. */
const RECORDED = /\.(?:ya?ml|tape|har|sse)$/u;
const BINARY = "recorded as a binary event stream of Amazon Bedrock, which Vitrine does not read";
/** Lists what a folder holds, or should hold: its first column is a path. */
const INDEX = "index.tsv";

/** Grades the recordings below a folder. Without any there are no lanes. */
export function gradeRecordings(folder: string, suite: Suite, firstLane: number): RecordedLanes {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return { lanes: [], trials: [], notes: [] };
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((each) => each.split(path.sep).join("/"))
    .filter((each) => RECORDED.test(each))
    .toSorted();
  const files = paths.map((each): RecordedFile => {
    const opened = openRecording(path.join(folder, each));
    if (!opened.ok) return { path: each, tape: null, limit: null };
    const { tape, exchanges } = opened;
    return {
      path: each,
      tape,
      limit: exchanges?.some(isBinaryStream) === true ? BINARY : null,
    };
  });
  return recordedLanes(files, listedSystems(folder), suite, firstLane);
}

function listedSystems(folder: string): readonly string[] {
  const index = path.join(folder, INDEX);
  if (!existsSync(index)) return [];
  const [, ...rows] = readFileSync(index, "utf8").split(/\r?\n/u);
  const folders = rows.flatMap((row) => {
    const [file = ""] = row.split("\t");
    return file.includes("/") ? [path.posix.dirname(file)] : [];
  });
  return [...new Set(folders)];
}
