import { readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { createIds } from "@/lib/session/store/ids";

import { importBundle } from "./import-session";

it.each(["llama-cpp-webui-export", "open-webui-export"])(
  "the import refuses a file of another program in words, and reads nothing of it: %s",
  (name) => {
    const file = path.join(import.meta.dirname, "../../../fixtures/cases", `${name}.import.json`);
    expect(
      importBundle(
        readFileSync(file, "utf8"),
        createIds(() => "new"),
        1,
      ),
    ).toEqual({
      ok: false,
      reason: "This file is not a Vitrine export.",
    });
  },
);
