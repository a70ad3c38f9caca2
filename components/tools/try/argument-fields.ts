/** The arguments of a schema as fields to fill in. Pure. */
import type { Json, JsonObject } from "@/lib/stream/turn/json";
import { asObject, isList } from "@/lib/stream/turn/json-read";

export type ArgumentField = {
  readonly name: string;
  readonly description: string;
  readonly isRequired: boolean;
} & (
  | { readonly kind: "text" | "number" | "integer" | "boolean" | "json" }
  | { readonly kind: "choice"; readonly values: readonly Json[] }
);

/** One field for each property; what is not flat is written as JSON. */
export function argumentFields(parameters: JsonObject): readonly ArgumentField[] {
  const required = isList(parameters["required"]) ? parameters["required"] : [];
  return Object.entries(asObject(parameters["properties"]) ?? {}).map(([name, schema]): ArgumentField => {
    const fields = asObject(schema) ?? {};
    const { enum: values, type } = fields;
    const description = typeof fields["description"] === "string" ? fields["description"] : "";
    const isRequired = required.includes(name);
    if (isList(values)) return { name, description, isRequired, kind: "choice", values };
    return { name, description, isRequired, kind: kindOf(type) };
  });
}

function kindOf(type: Json | undefined): "text" | "number" | "integer" | "boolean" | "json" {
  if (type === "string") return "text";
  return type === "number" || type === "integer" || type === "boolean" ? type : "json";
}
