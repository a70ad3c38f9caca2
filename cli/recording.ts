import type { DialectId } from "@/lib/providers/dialect-id";
import { bodyOf } from "@/lib/tape/formats/body-bytes";
import { contentTypeOf, dialectOf } from "@/lib/tape/formats/judge-exchange";
import { readForeignFile } from "@/lib/tape/formats/read-file";

/** One exchange of a recording, as it is folded. */
export type RecordedExchange = {
  readonly index: number;
  readonly url: string;
  readonly dialect: DialectId | null;
  readonly requestBody: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
};

export type Recording =
  | { readonly ok: true; readonly exchanges: readonly RecordedExchange[] }
  | { readonly ok: false; readonly reason: string };

/** The exchanges of a file in their order, whatever its format, or why there are none. */
export function readRecording(fileName: string, bytes: Uint8Array<ArrayBuffer>): Recording {
  const read = readForeignFile(fileName, bytes);
  if (!read.ok) return read;
  const exchanges = read.exchanges.map(({ exchange }, index) => ({
    index,
    url: exchange.url,
    dialect: dialectOf(exchange),
    requestBody: exchange.requestBody,
    status: exchange.status,
    contentType: contentTypeOf(exchange),
    body: bodyOf(exchange),
  }));
  return { ok: true, exchanges };
}
