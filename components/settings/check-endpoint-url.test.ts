import { expect, it } from "vitest";

import { checkEndpointUrl } from "./check-endpoint-url";

it.each([
  ["http://10.0.0.7:8080/v1/", "http://10.0.0.7:8080/v1"],
  ["https://host.test/v1/chat/completions", "https://host.test/v1"],
  ["https://host.test/api/v1/models/", "https://host.test/api/v1"],
  ["localhost:8080/v1", "http://localhost:8080/v1"],
  ["  [::1]:9931/v1", "http://[::1]:9931/v1"],
])("reads %s", (typed, baseUrl) => {
  expect(checkEndpointUrl(typed)).toEqual({ ok: true, baseUrl, hint: null });
});

it("takes a bare host and says that most servers answer under /v1", () => {
  expect(checkEndpointUrl("http://10.0.0.7:8080")).toEqual({
    ok: true,
    baseUrl: "http://10.0.0.7:8080",
    hint: "Most servers answer under /v1.",
  });
});

it.each([
  ["", "Type the server's address, such as http://192.168.1.20:8080/v1."],
  ["http://", "This is not an address. It looks like http://192.168.1.20:8080/v1."],
  ["my server", "This is not an address. It looks like http://192.168.1.20:8080/v1."],
  ["ftp://host.test", "Use http or https, not ftp."],
  [
    "https://me:secret@host.test/v1",
    "Put the key in its own field: an address with a password would be saved.",
  ],
  ["https://host.test/v1?key=abc", "Leave out everything from ? or # on."],
])("refuses “%s” and says what to do", (typed, message) => {
  expect(checkEndpointUrl(typed)).toEqual({ ok: false, message });
});
