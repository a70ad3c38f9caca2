import { expect, it } from "vitest";

import { curlOf } from "./curl-of";

it("the curl command quotes a request so that a shell passes every character on", () => {
  expect(
    curlOf({ url: "http://127.0.0.1:8080/v1/chat/completions", request: `{"content":"it's $HOME"}` }),
  ).toBe(
    String.raw`curl -N 'http://127.0.0.1:8080/v1/chat/completions' \
  -H 'content-type: application/json' \
  -d '{"content":"it'\''s $HOME"}'`,
  );
});
