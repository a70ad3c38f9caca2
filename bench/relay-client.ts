import { Agent, request } from "node:http";

/** One way to the upstream's answer. */
export type Way = { readonly name: string; readonly url: string; readonly bodyOf: (model: string) => string };

/** An answer as it was received: when its first token came, its tokens' ages, how it ended. */
export type Received = {
  /** ms from the request to the first token. */
  readonly firstMs: number;
  readonly totalMs: number;
  readonly tokens: number;
  /** ms from the upstream's writing of each token to the reading of it. */
  readonly ages: readonly number[];
};

const agent = new Agent({ keepAlive: true, maxSockets: 300 });
const TOKEN = '"object":"chat.completion.chunk"';
const STAMP = /"t":([\d.]+)/g;

/** Asks for a model's answer and reads it to the end. */
export function receive({ url, bodyOf }: Way, model: string): Promise<Received> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    let firstMs = Number.NaN;
    let tokens = 0;
    const ages: number[] = [];
    const call = request(url, { method: "POST", agent, headers: HEADERS }, (response) => {
      response.setEncoding("latin1");
      response.on("data", (text: string) => {
        const found = countOf(text, TOKEN);
        if (found === 0) return;
        if (tokens === 0) firstMs = performance.now() - startedAt;
        tokens += found;
        const at = performance.timeOrigin + performance.now();
        for (const [, stamp] of text.matchAll(STAMP)) ages.push(at - Number(stamp));
      });
      response.on("end", () => resolve({ firstMs, totalMs: performance.now() - startedAt, tokens, ages }));
      response.on("error", reject);
    });
    call.on("error", reject);
    call.end(bodyOf(model));
  });
}

/** Asks, leaves after `afterMs` and gives the moment it left, in epoch ms. */
export function leave({ url, bodyOf }: Way, model: string, afterMs: number): Promise<number> {
  return new Promise((resolve) => {
    const call = request(url, { method: "POST", headers: HEADERS }, (response) =>
      response.resume().on("error", ignore),
    );
    call.on("error", ignore);
    call.end(bodyOf(model));
    setTimeout(() => {
      call.destroy();
      resolve(performance.timeOrigin + performance.now());
    }, afterMs);
  });
}

const HEADERS = { "content-type": "application/json", "x-vitrine": "1" };

function countOf(text: string, piece: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length)) count += 1;
  return count;
}

// Leaving an answer is an error only to the one who left.
function ignore(): void {}
