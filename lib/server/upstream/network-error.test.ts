import { describe, expect, it } from "vitest";

import { networkError } from "./network-error";

const coded = (code: string, message = "reason") => Object.assign(new Error(message), { code });

const errorFrom = (cause: unknown, answered = false, url = "https://models.example/v1") => {
  const error = new TypeError("fetch failed", { cause });
  return networkError({ error, url, proxy: null, hint: "Start it with x.", requestId: "r", answered });
};

describe("a connection that failed", () => {
  it.each([
    ["ECONNREFUSED", "No server is listening at models.example. Start it with x.", true],
    ["ENOTFOUND", "The host name models.example was not found. Check the address.", false],
    ["EAI_AGAIN", "The host name models.example could not be looked up just now.", true],
    ["UND_ERR_CONNECT_TIMEOUT", "No connection to models.example within 10 s.", true],
    ["ETIMEDOUT", "The connection to models.example timed out.", true],
    ["EHOSTUNREACH", "models.example can't be reached from this network.", true],
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "models.example has a certificate that isn't signed by a known authority. Start Vitrine with NODE_EXTRA_CA_CERTS set to its CA file.",
      false,
    ],
    [
      "CERT_HAS_EXPIRED",
      "models.example has a certificate that has expired. Renew it on that server.",
      false,
    ],
    [
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "models.example has a certificate for another host. Use the name that it was made for.",
      false,
    ],
    [
      "CERT_NOT_YET_VALID",
      "models.example has a certificate that is not valid yet. Check this machine's clock.",
      false,
    ],
    [
      "ERR_SSL_WRONG_VERSION_NUMBER",
      "models.example does not speak https. Use http:// in its address.",
      false,
    ],
    ["EPROTO", "No secure connection to models.example: reason.", false],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "No secure connection to models.example: reason.", false],
    ["UND_ERR_SOCKET", "models.example closed the connection without an answer.", true],
    ["UND_ERR_HEADERS_TIMEOUT", "models.example did not begin to answer within 120 s.", false],
    ["UND_ERR_HEADERS_OVERFLOW", "The headers of the answer from models.example are too large.", false],
    ["SOMETHING_NEW", "The connection to models.example failed: reason.", false],
  ])("%s is reported in a sentence that claims no more", (code, message, retryable) => {
    expect(errorFrom(coded(code))).toEqual({
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
      errorFrom(coded("UND_ERR_SOCKET"), true).retryable,
      errorFrom(coded("UND_ERR_BODY_TIMEOUT"), true).message,
    ]).toEqual([false, "models.example sent nothing for 90 s, so Vitrine stopped waiting."]);
  });

  it("is named when both addresses of a name were tried", () => {
    const tries = [coded("ECONNREFUSED", "connect ::1:1"), coded("ECONNREFUSED", "connect 127.0.0.1:1")];
    const both = Object.assign(new AggregateError(tries, ""), { code: "ECONNREFUSED" });
    expect(errorFrom(both).detail).toBe("ECONNREFUSED: connect ::1:1");
  });

  it.each([[null], ["text"], [new Error("no code")], [undefined]])("is told for %o as well", (cause) => {
    expect(errorFrom(cause)).toMatchObject({ source: "network", code: "NETWORK", retryable: false });
  });

  it.each(["UND_ERR_SOCKET", "HTTPParserError"])(
    "%s advises https only where the address is not https",
    (code) => {
      const plain = errorFrom(coded(code), false, "http://models.example:8080/v1").message;
      expect(plain).toMatch(
        /^models\.example:8080 .*\. If it speaks https, use https:\/\/ in its address\.$/,
      );
      expect(errorFrom(coded(code)).message).not.toContain("https");
    },
  );

  it("names the host without its port where the name itself is the problem", () => {
    expect(errorFrom(coded("ENOTFOUND"), false, "http://nowhere.example:8080/v1").message).toBe(
      "The host name nowhere.example was not found. Check the address.",
    );
  });

  it("says that time ran out when a small question was given up", () => {
    const error = new DOMException("The operation was aborted due to timeout", "TimeoutError");
    const url = "http://127.0.0.1:1/v1";
    expect(networkError({ error, url, proxy: null, hint: "", requestId: "r", answered: false }).message).toBe(
      "127.0.0.1:1 did not answer in time.",
    );
  });

  it("names a port that fetch refuses, and ends every sentence once", () => {
    expect(errorFrom(new Error("bad port"), false, "http://127.0.0.1:6667/v1").message).toBe(
      "127.0.0.1:6667 uses a port that is blocked for web requests. Start the server on another port.",
    );
    expect(errorFrom(new Error("It broke.")).message).toBe(
      "The connection to models.example failed: It broke.",
    );
  });

  it("does not blame the connecting for a time-out in the middle of an answer", () => {
    expect(errorFrom(coded("ETIMEDOUT"), true).message).toBe("The connection to models.example timed out.");
    expect(errorFrom(coded("EPROTO"), true).message).toBe(
      "The encrypted connection to models.example broke. Retry starts over.",
    );
  });
});
