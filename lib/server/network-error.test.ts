import { describe, expect, it } from "vitest";

import { networkError } from "./network-error";

const coded = (code: string, message = "reason") => Object.assign(new Error(message), { code });

const told = (cause: unknown, answered = false) => {
  const error = new TypeError("fetch failed", { cause });
  const url = "https://models.example/v1";
  return networkError({ error, url, hint: "Start it with x.", requestId: "r", answered });
};

describe("a connection that failed", () => {
  it.each([
    ["ECONNREFUSED", "Nothing listens at models.example. Start it with x.", true],
    ["ENOTFOUND", "The name of models.example is unknown. Check the address.", false],
    ["EAI_AGAIN", "The name of models.example could not be looked up just now.", true],
    ["UND_ERR_CONNECT_TIMEOUT", "models.example did not take the connection within 10 s.", true],
    ["EHOSTUNREACH", "There is no way to models.example on this network.", true],
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "models.example shows a certificate that nobody known has signed. Start Vitrine with NODE_EXTRA_CA_CERTS set to its CA file.",
      false,
    ],
    ["CERT_HAS_EXPIRED", "models.example shows a certificate that is expired or another name's.", false],
    [
      "ERR_SSL_WRONG_VERSION_NUMBER",
      "models.example does not speak https. Use http:// in its address.",
      false,
    ],
    [
      "UND_ERR_SOCKET",
      "models.example closed the connection without an answer. If it speaks https, use https:// in its address.",
      true,
    ],
    ["UND_ERR_HEADERS_TIMEOUT", "models.example did not begin to answer within 120 s.", false],
    ["UND_ERR_HEADERS_OVERFLOW", "models.example answered with more headers than any API sends.", false],
    ["SOMETHING_NEW", "The connection to models.example failed: reason.", false],
  ])("fault:%s/ is told in a sentence", (code, message, retryable) => {
    expect(told(coded(code))).toEqual({
      source: "network",
      code,
      message,
      retryable,
      requestId: "r",
      detail: `${code}: reason`,
    });
  });

  it("is not sent again once the upstream had begun to answer", () => {
    expect([
      told(coded("UND_ERR_SOCKET"), true).retryable,
      told(coded("UND_ERR_BODY_TIMEOUT"), true).message,
    ]).toEqual([false, "models.example sent nothing for 90 s; the answer is cut."]);
  });

  it("is named when both addresses of a name were tried", () => {
    const tries = [coded("ECONNREFUSED", "connect ::1:1"), coded("ECONNREFUSED", "connect 127.0.0.1:1")];
    const both = Object.assign(new AggregateError(tries, ""), { code: "ECONNREFUSED" });
    expect(told(both).detail).toBe("ECONNREFUSED: connect ::1:1");
  });

  it.each([[null], ["text"], [new Error("no code")], [undefined]])("is told for %o as well", (cause) => {
    expect(told(cause)).toMatchObject({ source: "network", code: "NETWORK", retryable: false });
  });
});
