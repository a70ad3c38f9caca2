import { expect, it } from "vitest";

import { pipProblem } from "./problem.mjs";

it.each([
  [
    "no network, whatever pip concludes from it",
    `WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError('<x>: Failed to establish a new connection')'
ERROR: No matching distribution found for xllamacpp==2026.10.11549`,
    "The package index could not be reached.",
  ],
  [
    "another file than was pinned",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
    "The downloaded files are not the ones Vitrine expects: their hash differs. The download was cut off, or the package index gave other files. Nothing was installed.",
  ],
  [
    "no wheel for this system",
    "ERROR: No matching distribution found for xllamacpp==2026.10.11549",
    "There is no prebuilt llama.cpp for this system and Python.",
  ],
  [
    "a full disk",
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
    "The disk is full. The demo model needs about 400 MB.",
  ],
  [
    "a folder of someone else's",
    "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/x'",
    "The folder .vitrine cannot be written.",
  ],
  [
    "anything else, in pip's own words",
    "Collecting x\nERROR: Exception: boom\nmore\n",
    "pip could not install the demo model: ERROR: Exception: boom",
  ],
  ["nothing at all", "", "pip could not install the demo model: it said nothing"],
])("the reader of pip's output finds %s", (_title, output, what) => {
  const { problem } = pipProblem(output);
  expect(problem.what).toBe(what);
  expect(problem.next).toMatch(/\. Or use any other server: start one, or set a key\.$/);
});
