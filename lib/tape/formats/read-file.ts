/** Reads a file of any foreign format. */
import { readAimock } from "./aimock/read-aimock";
import { exactText } from "./body-bytes";
import { detectFormat } from "./detect-format";
import { type ReadFile, type ReadFormat, refuse } from "./found";
import { readGoVcr } from "./go-vcr/read-go-vcr";
import { readHar } from "./har/read-har";
import { readMessages } from "./messages/read-messages";
import { readSse } from "./sse/read-sse";

/** What was found in a file, and in which format; null where that is not known. */
export type ForeignFile = ReadFile & { readonly format: ReadFormat | null };

/** The exchanges of a file, or why there are none; for `alsoRead` see `detectFormat`. Never throws. */
export function readForeignFile(
  fileName: string,
  bytes: Uint8Array<ArrayBuffer>,
  alsoRead: readonly string[] = [],
): ForeignFile {
  const text = exactText(bytes) ?? new TextDecoder().decode(bytes);
  const detected = detectFormat(fileName, text, alsoRead);
  if (!detected.ok) return { ...refuse(detected.reason), format: null };
  const { format } = detected;
  return { ...readAs(format, text, bytes), format };
}

function readAs(format: ReadFormat, text: string, bytes: Uint8Array<ArrayBuffer>): ReadFile {
  switch (format) {
    case "go-vcr":
      return readGoVcr(text);
    case "har":
      return readHar(text);
    case "aimock":
      return readAimock(text);
    case "openai-messages":
      return readMessages(text);
    case "sse":
    case "json":
      // An answer is bytes, whether they are text or not.
      return readSse(bytes);
  }
}
