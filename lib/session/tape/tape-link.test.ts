import { describe, expect, it } from "vitest";

import { packText } from "@/lib/link/packed-text";

import { readTapeLink, writeTapeLink } from "./tape-link";

const ORIGIN = "http://127.0.0.1:3000";
const MARK = "#tape=";

/** Text that no packing makes much shorter. */
function noise(length: number): string {
  let state = 7;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCodePoint(33 + (state % 94));
  }).join("");
}

/** The longest text of which the link has at most this many characters. */
async function fitting(most: number): Promise<number> {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const { length } = `${ORIGIN}/${MARK}${await packText(noise(middle))}`;
    if (length <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}

describe("a link that holds a tape", () => {
  it("of at most 2,000 characters has no warning, and of more it says that chat programs cut it", async () => {
    const length = await fitting(2_000);
    const short = await writeTapeLink(noise(length), ORIGIN);
    const long = await writeTapeLink(noise(length + 3), ORIGIN);
    expect(short).toMatchObject({ ok: true, message: expect.not.stringContaining("cut links") });
    expect(long).toMatchObject({ ok: true, message: expect.stringContaining("cut links longer than 2,000") });
  });

  it("of at most 8,000 characters opens as the same text, and one of more is not made", async () => {
    const length = await fitting(8_000);
    const link = await writeTapeLink(noise(length), ORIGIN);
    if (!link.ok) return expect.unreachable(link.why);
    const packed = link.url.slice(link.url.indexOf(MARK) + MARK.length);
    expect(await readTapeLink(packed)).toEqual({ ok: true, text: noise(length) });
    expect(await writeTapeLink(noise(length + 3), ORIGIN)).toMatchObject({
      ok: false,
      why: expect.stringMatching(/^The link would have 8,0\d\d characters, and 8,000 is the limit\. /u),
    });
  });

  it.each([
    ["is too long", "1".padEnd(8_001, "A"), "The link is too long."],
    ["is of another version", "2AAAA", "The link has the format “2”."],
    ["was cut off", "1S0xKTkktUUhUKE", "The link is damaged or was cut off."],
    ["holds what no link has", "1 <script>", "The link is damaged"],
    ["is empty", "", "The link has the format “”."],
  ])("that %s is refused in words", async (_what, packed, reason) => {
    expect(await readTapeLink(packed)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  it("that unpacks to megabytes is refused before they are read", async () => {
    const bomb = await packText("a".repeat(5_000_000));
    expect(bomb.length).toBeLessThan(8_000);
    expect(await readTapeLink(bomb)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("more than 2 MB"),
    });
  });
});
