import { describe, expect, it } from "vitest";

import { providerError } from "./provider-error";

const errorFrom = (status: number, text: string, headers: Readonly<Record<string, string>> = {}) =>
  providerError({
    url: "https://models.example/v1/chat/completions",
    keySent: true,
    status,
    headers: new Headers(headers),
    text,
    retryAfterMs: undefined,
    requestId: "r",
  });

const words = (status: number, text: string) => {
  const { code, message } = errorFrom(status, text);
  return [code, message];
};

const tooLong = (message: string, tokens = 5021) =>
  JSON.stringify({
    error: { code: 400, message, type: "exceed_context_size_error", n_prompt_tokens: tokens, n_ctx: 4096 },
  });

describe("a provider's own words", () => {
  it.each([-5, 0, 0.5, 1e15, 1e300])("get no number beside them that is no count: %d", (tokens) => {
    expect(words(400, tooLong("too long", tokens))[1]).toBe("too long");
  });

  it.each([
    [
      '{"error":{"message":"No","type":"invalid_request_error","code":"model_not_found"}}',
      "model_not_found",
      "No",
    ],
    [
      '{"error":{"message":"Bad key","type":"authentication_error","code":401}}',
      "authentication_error",
      "Bad key",
    ],
    ['{"error":"no such model"}', "HTTP_400", "no such model"],
    ['{"message":"Too long"}', "HTTP_400", "Too long"],
    ['{"detail":"Not Found"}', "HTTP_400", "Not Found"],
    ['{"detail":[{"loc":["body"],"msg":"bad"}]}', "HTTP_400", "body: bad"],
    [
      '{"detail":[{"loc":["body","messages",0],"msg":"field required"},{"msg":"odd"}]}',
      "HTTP_400",
      "body.messages.0: field required; odd",
    ],
    ['{"detail":[{"why":"bad"}]}', "HTTP_400", '[{"why":"bad"}]'],
    [
      '[{"error":{"code":400,"message":"API key not valid","status":"INVALID"}}]',
      "HTTP_400",
      "API key not valid",
    ],
    ['{"error":{"message":"","code":"x"},"message":"outside"}', "x", "outside"],
    ["plain words", "HTTP_400", "plain words"],
    ['{"success":false,"code":1102,"msg":"Being moved"}', "HTTP_400", "Being moved"],
    ['{"type":"about:blank","title":"No such lane","status":400}', "about:blank", "No such lane"],
    ['{"errors":[{"reason":"odd"}]}', "HTTP_400", '{"errors":[{"reason":"odd"}]}'],
    ['{"error":""}', "NO_MESSAGE", "models.example returned 400 with no message."],
    ["", "NO_MESSAGE", "models.example returned 400 with no message."],
    ["{}", "NO_MESSAGE", "models.example returned 400 with no message."],
    ["null", "HTTP_400", "null"],
    ['{"error":{"__proto__":{}}}', "HTTP_400", '{"error":{"__proto__":{}}}'],
  ])("%s", (text, code, message) => {
    expect(words(400, text)).toEqual([code, message]);
  });

  it.each(['{"detail":"Not Found"}', "404 page not found", "Not Found", '{"error":{"message":"Not Found"}}'])(
    "that name no path leave it to us to say which one is missing: %s",
    (text) => {
      expect(words(404, text)).toEqual([
        "NO_MESSAGE",
        "models.example returned 404 for /v1/chat/completions.",
      ]);
    },
  );

  it("keep both numbers, also where the message has none", () => {
    expect(words(400, tooLong("the request exceeds the available context size"))).toEqual([
      "exceed_context_size_error",
      "the request exceeds the available context size (prompt 5021 tokens, context 4096 tokens)",
    ]);
    expect(words(400, tooLong("request (5021 tokens) exceeds the context (4096 tokens)"))).toEqual([
      "exceed_context_size_error",
      "request (5021 tokens) exceeds the context (4096 tokens)",
    ]);
  });

  it("name the page instead of showing its source, and blame no address for a gateway's page", () => {
    expect(words(502, "<html><head><title>502 Bad Gateway</title>")).toEqual([
      "NO_MESSAGE",
      "models.example returned 502 with a web page: “502 Bad Gateway”.",
    ]);
  });

  it.each([
    [404, "", "models.example returned 404 for /v1/chat/completions."],
    [405, "{}", "models.example returned 405 for /v1/chat/completions."],
    [
      404,
      "<!doctype html><title>Not here</title>",
      "models.example returned 404 for /v1/chat/completions with a web page: “Not here”.",
    ],
  ])("say which path a wordless %i was for", (status, text, message) => {
    expect(words(status, text)).toEqual(["NO_MESSAGE", message]);
  });

  it("are cut where no person would read on", () => {
    const { message, detail } = errorFrom(400, `{"message":"${"x".repeat(9000)}"}`);
    expect([message.length, detail?.length]).toEqual([2001, 4001]);
  });
});

describe("a refused answer", () => {
  it("does not speak of a refused key where none was sent", () => {
    const refused = {
      url: "https://models.example/v1/models",
      headers: new Headers(),
      text: '{"error":{"message":"Missing bearer","code":"invalid_api_key"}}',
      retryAfterMs: undefined,
      requestId: "r",
      status: 401,
    };
    const codes = [false, true].map((keySent) => providerError({ ...refused, keySent }).code);
    expect(codes).toEqual(["NO_KEY", "invalid_api_key"]);
    const wordless = providerError({ ...refused, text: "", keySent: false });
    expect([wordless.code, wordless.message]).toEqual([
      "NO_KEY_NO_MESSAGE",
      "models.example requires a key, and none was sent (401).",
    ]);
  });

  it("puts no sentence of Vitrine's into the server's mouth where it gave only a code", () => {
    expect(errorFrom(500, '{"error":{"code":"overloaded"}}').message).toBe("overloaded");
  });

  it.each([
    [400, false],
    [401, false],
    [402, false],
    [403, false],
    [404, false],
    [408, true],
    [409, true],
    [413, false],
    [422, false],
    [429, true],
    [500, true],
    [503, true],
  ])("HTTP %i may be sent again: %s", (status, retryable) => {
    expect(errorFrom(status, "").retryable).toBe(retryable);
  });

  it("is not sent again for an empty account, nor against the provider's own word", () => {
    expect(errorFrom(429, '{"error":{"message":"m","code":"insufficient_quota"}}').retryable).toBe(false);
    expect(errorFrom(500, "", { "x-should-retry": "false" }).retryable).toBe(false);
    expect(errorFrom(400, "", { "x-should-retry": "true" }).retryable).toBe(true);
  });
});
