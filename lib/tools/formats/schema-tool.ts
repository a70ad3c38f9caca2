import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, textAt } from "@/lib/stream/turn/json-read";
import { legalName } from "@/lib/tools/free-name";

/** The tool whose arguments a plain schema describes: named by its title, described by its description. Pure. */
export function schemaTool(schema: JsonObject): { readonly value: Json; readonly notes: readonly string[] } {
  // A schema may be wrapped as providers want it for a structured answer.
  const inner = asObject(schema["schema"]);
  const whole =
    inner !== null && !("properties" in schema) ? { title: schema["name"] ?? null, ...inner } : schema;
  const { $schema: _draft, $id: _id, title, description, ...parameters } = whole;
  const name = legalName(typeof title === "string" ? title : "");
  const strict = textAt({ description: description ?? null }, "description");
  return {
    value: {
      name: name === "" ? "tool" : name,
      ...(strict === null ? {} : { description: strict }),
      parameters,
    },
    notes:
      name === ""
        ? ["The schema has no title, so its tool is named tool."]
        : name === title
          ? []
          : [`Its title, ${typeof title === "string" ? title : ""}, became the name ${name}.`],
  };
}
