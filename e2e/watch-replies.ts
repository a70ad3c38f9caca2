import type { CDPSession } from "@playwright/test";

/** A reply as Chromium received it. */
export type Received = {
  readonly url: string;
  /** Chromium's word for what it is: Document, Script, Stylesheet … */
  readonly type: string;
  /** Its content encoding; "" where it came as it is. */
  readonly encoding: string;
  /** Bytes on the wire, headers and all. */
  readonly bytes: number;
};

/** Counts from now on; the function it gives tells what has come as a whole so far. */
export async function watchReplies(cdp: CDPSession): Promise<() => readonly Received[]> {
  const heads = new Map<string, Omit<Received, "bytes">>();
  const received: Received[] = [];
  cdp.on("Network.responseReceived", ({ requestId, type, response }) => {
    const encoding = response.headers["content-encoding"] ?? response.headers["Content-Encoding"] ?? "";
    heads.set(requestId, { url: response.url, type, encoding });
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const head = heads.get(requestId);
    if (head !== undefined) received.push({ ...head, bytes: encodedDataLength });
  });
  await cdp.send("Network.enable");
  return () => received;
}
