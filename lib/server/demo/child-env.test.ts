import { expect, it } from "vitest";

import { childEnv } from "./child-env.mjs";

it("the environment of a child hides whatever looks like a secret from pip and the demo server", () => {
  const secrets = {
    OPENAI_API_KEY: "sk",
    VITRINE_TOKEN: "t",
    AWS_SECRET_ACCESS_KEY: "s",
    db_password: "p",
    GOOGLE_APPLICATION_CREDENTIALS: "c",
  };
  const plain = { PATH: "/bin", HTTPS_PROXY: "http://proxy", KEYBOARD: "us" };
  expect(childEnv({ NODE_ENV: "test", ...plain, ...secrets }, { TMPDIR: "/t" })).toEqual({
    NODE_ENV: "test",
    ...plain,
    TMPDIR: "/t",
  });
});
