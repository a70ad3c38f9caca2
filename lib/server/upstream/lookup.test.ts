import dns from "node:dns";
import { promisify } from "node:util";

import { afterEach, describe, expect, it, vi } from "vitest";

import { chatRequest, chatRoute, relayed, streamBody } from "@/app/__fixtures__/post-chat";

import { BlockedAddressError, checkedLookup } from "./dial";

afterEach(() => vi.restoreAllMocks());

function resolvesTo(...addresses: readonly string[]): void {
  const answers = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  vi.spyOn(dns, "lookup").mockImplementation(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one overload of six is used
    ((_name: string, _options: object, callback: (error: null, all: typeof answers) => void) =>
      callback(null, answers)) as unknown as typeof dns.lookup,
  );
}

const lookup = promisify(checkedLookup);

describe("the lookup of a name", () => {
  it("gives the very addresses it checked", async () => {
    resolvesTo("127.0.0.1", "::1");
    const all = await lookup("models.example", { all: true });
    expect(all).toEqual([
      { address: "127.0.0.1", family: 4 },
      { address: "::1", family: 6 },
    ]);
    expect(await lookup("models.example", {})).toBe("127.0.0.1");
  });

  it.each([
    ["metadata", ["169.254.169.254"]],
    ["one of several", ["93.184.216.34", "fd00:ec2::254"]],
    ["mapped", ["::ffff:169.254.169.254"]],
    ["unspecified", ["0.0.0.0"]],
  ])("refuses a name that leads to a blocked address: %s", async (_name, addresses) => {
    resolvesTo(...addresses);
    await expect(lookup("models.example", { all: true })).rejects.toBeInstanceOf(BlockedAddressError);
  });

  it("names the address that was refused, and dials nothing", async () => {
    resolvesTo("169.254.169.254");
    const POST = await chatRoute();
    const { error } = await relayed(await POST(chatRequest(streamBody("http://models.example"))));
    expect(error).toEqual({
      source: "app",
      code: "TARGET_BLOCKED",
      message:
        "models.example leads to 169.254.169.254, which is never called, because it is a link-local address, where cloud metadata lives.",
      retryable: false,
      requestId: expect.any(String),
      detail: expect.stringContaining("TARGET_BLOCKED"),
    });
  });
});
