/** Zod as one script for the sandbox, which can fetch nothing itself. Put together of the package's own files. */
// oxlint-disable unicorn/consistent-function-scoping -- what the function below uses stands in it, so that its text is whole
import { readFileSync } from "node:fs";
import path from "node:path";

import { projectRoot } from "@/lib/server/project-root.mjs";
import { shared } from "@/lib/server/shared";

const START = "v4/classic/index.cjs";
/** Its messages are read by nobody here, so one language does. */
const LOCALES = "v4/locales/index.cjs";
const ENGLISH = 'exports.en = require("./en.cjs").default;';

/** Sets `z`, and `schemasOf`: the JSON Schemas of those that are schemas among named values, or why one has none. */
export function zodScript(): string {
  return shared("zod-script", () => {
    const files = new Map<string, string>();
    collect(START, files);
    const table = [...files].map(
      ([file, source]) => `${JSON.stringify(file)}:function(require,exports,module){${source}\n}`,
    );
    return `(${setUp.toString()})({${table.join(",")}},${JSON.stringify(START)});`;
  });
}

/** Files by their paths in the package, with the paths of what they require written out. */
function collect(file: string, files: Map<string, string>): void {
  if (files.has(file)) return;
  files.set(file, "");
  const source =
    file === LOCALES
      ? ENGLISH
      : readFileSync(path.join(projectRoot(), "node_modules", "zod", ...file.split("/")), "utf8");
  const whole = source.replaceAll(/\brequire\("(\.[^"]+)"\)/gu, (_all, name: string) => {
    const required = path.posix.join(path.posix.dirname(file), name);
    collect(required, files);
    return `require(${JSON.stringify(required)})`;
  });
  files.set(file, whole);
}

type Module = { exports: object };
type Files = {
  readonly [file: string]: (require: (file: string) => object, exports: object, module: Module) => void;
};
type Zod = {
  readonly toJSONSchema: (schema: unknown, options: object) => { readonly [key: string]: unknown };
};

/** Sent as text: uses nothing from around it. */
function setUp(files: Files, start: string): void {
  const modules = new Map<string, Module>();
  const load = (file: string): object => {
    const known = modules.get(file);
    if (known !== undefined) return known.exports;
    const made: Module = { exports: {} };
    modules.set(file, made);
    files[file]?.(load, made.exports, made);
    return made.exports;
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package's own file
  const z = load(start) as Zod;
  const isSchema = (value: unknown) => typeof value === "object" && value !== null && "_zod" in value;
  /** A tool of the AI SDK has its schema in a field. */
  const schemaIn = (value: unknown): unknown => {
    if (isSchema(value)) return value;
    if (typeof value !== "object" || value === null) return null;
    return Object.entries(value).find(
      ([key, field]) => /^(?:inputSchema|parameters)$/u.test(key) && isSchema(field),
    )?.[1];
  };
  const schemasOf = (all: { readonly [name: string]: unknown }) =>
    Object.entries(all).flatMap(([name, value]): readonly object[] => {
      const found = schemaIn(value) ?? null;
      if (found === null) return [];
      try {
        const {
          $schema: _version,
          "~standard": _standard,
          ...schema
        } = z.toJSONSchema(found, { io: "input" });
        return [{ name, schema }];
      } catch (error) {
        // One that can't be written does not hide the others.
        return [{ name, why: error instanceof Error ? error.message : "It has no JSON Schema." }];
      }
    });
  Object.assign(globalThis, { z, schemasOf });
}
