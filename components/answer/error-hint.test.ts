import { describe, expect, it } from "vitest";

import type { RunError } from "@/lib/stream/turn/event";

import { errorHint, statusInWords } from "./error-hint";

function runError(error: Partial<RunError>): RunError {
  return { source: "provider", code: "HTTP_500", message: "said", retryable: false, ...error };
}

describe("errorHint", () => {
  it("lets Vitrine's own sentence stand, and adds what to do next", () => {
    const message = "No server is listening at 127.0.0.1:8080.";
    expect(errorHint(runError({ source: "network", code: "ECONNREFUSED", message }))).toEqual({
      title: message,
      serverMessage: null,
      next: "Start it and retry, or choose another server in the lane's model menu.",
    });
  });

  it("does not put Vitrine's own words into the server's mouth", () => {
    const message = "The server sent a web page, not an API's answer. Check the base URL.";
    expect(errorHint(runError({ code: "HTML_NOT_API", message }))).toEqual({
      title: message,
      serverMessage: null,
      next: "",
    });
  });

  it.each([
    [400, "The server rejected the request"],
    [401, "The key was rejected"],
    [402, "Payment is required"],
    [403, "Not allowed"],
    [404, "Not found"],
    [405, "The address does not accept this request"],
    [408, "The server timed out"],
    [413, "The request is too large"],
    [422, "The server rejected a field"],
    [429, "Too many requests"],
    [502, "A gateway got an invalid response from the server behind it"],
    [503, "The server is unavailable"],
    [504, "A gateway timed out"],
  ])("names a %s and keeps the server's words", (status, title) => {
    const hint = errorHint(runError({ code: "odd_word", status, message: "no such field" }));
    expect([hint.title, hint.serverMessage]).toEqual([title, "no such field"]);
    expect(hint.next).not.toBe("");
  });

  it("does not speak of a refused key where none was sent, nor of patience where the account is empty", () => {
    expect(errorHint(runError({ code: "NO_KEY", status: 401, message: "Missing bearer" }))).toEqual({
      title: "The server requires a key, and none was sent",
      serverMessage: "Missing bearer",
      next: "Paste a key in the lane's model menu, or set it in the server's environment.",
    });
    const message = "x requires a key, and none was sent (401).";
    expect(errorHint(runError({ code: "NO_KEY_NO_MESSAGE", status: 401, message }))).toEqual({
      title: message,
      serverMessage: null,
      next: "Paste a key in the lane's model menu, or set it in the server's environment.",
    });
    // Vitrine, which sends nothing without a key, says itself what to do.
    const own =
      "Attic needs the secret part of its address again. Enter it in the lane's model menu, then retry.";
    expect(errorHint(runError({ source: "app", code: "NO_KEY", message: own }))).toEqual({
      title: own,
      serverMessage: null,
      next: "",
    });
    expect(errorHint(runError({ code: "insufficient_quota", status: 429 }))).toMatchObject({
      title: "Out of credits",
      next: "Top up the account at the provider.",
    });
  });

  it.each([
    [400, "x returned 400 with no message.", ""],
    [
      404,
      "x returned 404 for /v1/models.",
      "Check the model's name, and whether /v1 is missing or doubled in the address.",
    ],
    [429, "x returned 429 with no message.", "Wait a moment, then retry."],
  ])("says what helps with a wordless %i, and has the server say nothing", (status, message, next) => {
    expect(errorHint(runError({ code: "NO_MESSAGE", status, message }))).toEqual({
      title: message,
      serverMessage: null,
      next,
    });
  });

  it.each(["ECONNRESET", "UND_ERR_SOCKET"])(
    "does not claim with %s that something of an answer is kept",
    (code) => {
      const message = "x closed the connection without an answer.";
      expect(errorHint(runError({ source: "network", code, message })).next).toBe("");
    },
  );

  it("distinguishes the status of a reply from that of an error inside it", () => {
    const errors = [runError({}), runError({ status: 500 }), runError({ status: 500, inStatus: 200 })];
    expect(errors.map(statusInWords)).toEqual([null, "HTTP 500", "error 500 in a 200 response"]);
  });

  it("reads the status from the code when it is not given apart", () => {
    expect(errorHint(runError({ code: "HTTP_401" }))).toEqual(
      errorHint(runError({ code: "x", status: 401 })),
    );
  });

  it.each([
    { message: "request (9120 tokens) exceeds the available context size (8192 tokens), try increasing it" },
    { message: "too long", detail: '{"error":{"n_prompt_tokens":9120,"n_ctx":8192}}' },
  ])("shows both numbers of a prompt that is too long: $message", (said) => {
    expect(errorHint(runError({ code: "exceed_context_size_error", status: 400, ...said }))).toEqual({
      title: "The prompt has 9,120 tokens, but the context holds only 8,192",
      serverMessage: said.message,
      next: "Shorten the prompt, or start a new comparison.",
    });
  });

  it.each([
    "-5",
    "0",
    "0.5",
    "12.7",
    "1e400",
    "1e308",
    "1e21",
    "5e-324",
    "-1e400",
    "9007199254740993",
    '"9120"',
  ])("repeats no number that cannot be a count: %s", (said) => {
    const detail = `{"error":{"n_prompt_tokens":${said},"n_ctx":${said}}}`;
    const error = runError({ code: "exceed_context_size_error", message: "too long", detail });
    expect(errorHint(error).title).toBe("The prompt is longer than the model's context");
  });

  it("does not say that a prompt is too long for a context that holds more", () => {
    const detail = '{"error":{"n_prompt_tokens":5,"n_ctx":8192}}';
    const error = runError({ code: "exceed_context_size_error", message: "too long", detail });
    expect(errorHint(error).title).toBe("The prompt is longer than the model's context");
  });

  it.each([
    [12_000, "12 seconds"],
    [90_000, "90 seconds"],
    [3_600_000, "60 minutes"],
    [86_400_000, "24 hours"],
  ])("says how long the server asks to wait: %d ms", (retryAfterMs, wait) => {
    expect(errorHint(runError({ code: "HTTP_429", status: 429, retryAfterMs })).next).toBe(
      `The server asks you to wait ${wait}, then retry.`,
    );
  });

  it("treats a code from the wire as a plain word, also when it names an object's own parts", () => {
    expect(errorHint(runError({ code: "constructor" }))).toEqual({
      title: "The server reported an error",
      serverMessage: "said",
      next: "",
    });
  });

  it.each([
    ["app", "Vitrine could not send this"],
    ["network", "The connection failed"],
    ["provider", "The server reported an error"],
  ] as const)("has words for an error of %s that brings none", (source, title) => {
    expect(errorHint(runError({ source, code: "odd", message: " " }))).toEqual({
      title,
      serverMessage: null,
      next: "",
    });
  });

  it("offers a retry for any 5xx", () => {
    expect(errorHint(runError({ code: "HTTP_507", status: 507 }))).toEqual({
      title: "The server failed",
      serverMessage: "said",
      next: "Retry in a moment.",
    });
  });
});
