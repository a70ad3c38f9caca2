import dns from "node:dns";

import { afterAll, afterEach, describe, expect, it, vi } from "vitest";

import { startStub } from "@/lib/server/__fixtures__/stub";

import { runHttp } from "./__fixtures__/run-http";

const inside = await startStub((response) => response.end("inside"));
const { port } = new URL(inside.origin);
afterAll(() => inside.close());
afterEach(() => vi.restoreAllMocks());

function resolvesTo(...addresses: readonly string[]): void {
  const answers = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  vi.spyOn(dns, "lookup").mockImplementation(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one overload of six is used
    ((_name: string, _options: object, callback: (error: null, all: typeof answers) => void) =>
      callback(null, answers)) as unknown as typeof dns.lookup,
  );
}

const ON_THE_NETWORK = {
  HOST: "0.0.0.0",
  VITRINE_TOKEN: "correct-horse",
  VITRINE_TOOL_HOSTS: "api.example.com",
};

/** Spellings of this machine and of its neighbors. */
const INSIDE = [
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f.0.0.1",
  "017700000001",
  "①②⑦.0.0.1",
  "127。0。0。1",
  "localhost",
  "localhost.",
  "LOCALHOST",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[2002:7f00:1::]",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.0.1",
  "100.64.0.1",
  "198.18.0.1",
  "[fd00::1]",
];

/** Never called, wherever the server listens. */
const NEVER = [
  "0",
  "0.0.0.0",
  "[::]",
  "169.254.169.254",
  "169.254.1.1",
  "2852039166",
  "0xa9fea9fe",
  "[::ffff:a9fe:a9fe]",
  "[64:ff9b::a9fe:a9fe]",
  "[2002:a9fe:a9fe::]",
  "[::169.254.169.254]",
  "[fe80::1]",
  "[fd00:ec2::254]",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "224.0.0.1",
  "[ff02::1]",
  "255.255.255.255",
  "240.0.0.1",
];

describe("a server that listens on the network", () => {
  it.each([...INSIDE, ...NEVER])("calls no tool at %s", async (host) => {
    const before = inside.connections();
    expect(await runHttp({ url: `http://${host}:${port}/` }, { variables: ON_THE_NETWORK })).toEqual({
      type: "fail",
      message: expect.stringMatching(/VITRINE_TOOL_HOSTS|never called|is not a URL/),
    });
    expect(inside.connections()).toBe(before);
  });

  it.each([
    "api.example.com.",
    "api.example.com.evil.example",
    "evil-api.example.com",
    "api.example.com:81",
    "api.example.com@evil.example",
    "api.example.comм",
  ])("takes %s for no host of its list", async (host) => {
    const lookup = vi.spyOn(dns, "lookup");
    expect(await runHttp({ url: `http://${host}/` }, { variables: ON_THE_NETWORK })).toMatchObject({
      type: "fail",
    });
    expect(lookup).not.toHaveBeenCalled();
  });

  it("calls a host of its list, with the port of the list", async () => {
    const variables = { ...ON_THE_NETWORK, VITRINE_TOOL_HOSTS: `127.0.0.1:${port}` };
    expect(await runHttp({ url: `${inside.origin}/` }, { variables })).toMatchObject({
      result: { output: "inside" },
    });
  });

  it("follows a redirect to hosts of its list only", async () => {
    const outside = await startStub((response) => response.writeHead(302, { location: inside.origin }).end());
    const variables = { ...ON_THE_NETWORK, VITRINE_TOOL_HOSTS: new URL(outside.origin).host };
    const before = inside.connections();
    expect(await runHttp({ url: outside.origin }, { variables })).toEqual({
      type: "fail",
      message: `The server redirected, and was not followed. 127.0.0.1:${port} is not a host that this server allows for tools. Add it to VITRINE_TOOL_HOSTS.`,
    });
    expect(inside.connections()).toBe(before);
    await outside.close();
  });
});

describe("a server that listens on this machine only", () => {
  it.each(NEVER)("calls no tool at %s", async (host) => {
    expect(await runHttp({ url: `http://${host}/` })).toEqual({
      type: "fail",
      message: expect.stringContaining("never called"),
    });
  });

  it.each(["127.1", "2130706433", "0x7f.0.0.1", "localhost", "127。0。0。1"])(
    "calls a tool on this machine: %s",
    async (host) => {
      expect(await runHttp({ url: `http://${host}:${port}/` })).toMatchObject({
        result: { output: "inside" },
      });
    },
  );

  it.each([
    ["metadata", ["169.254.169.254"]],
    ["one of several", ["93.184.216.34", "fd00:ec2::254"]],
    ["mapped", ["::ffff:169.254.169.254"]],
  ])("does not call a name that leads to a blocked address: %s", async (_name, addresses) => {
    resolvesTo(...addresses);
    expect(await runHttp({ url: "http://tools.example/" })).toEqual({
      type: "fail",
      message: expect.stringMatching(/^tools\.example leads to .* never called/),
    });
  });

  it.each(["127.0.0.1", "localhost", "localhost.", "[::1]", "127.0.0.2", "[::ffff:127.0.0.1]"])(
    "lets no tool call Vitrine itself at %s",
    async (host) => {
      expect(await runHttp({ url: `http://${host}:${port}/` }, { variables: { PORT: port } })).toEqual({
        type: "fail",
        message: expect.stringContaining("is Vitrine itself"),
      });
    },
  );
});
