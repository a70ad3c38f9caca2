import type { DialectId } from "./dialect-id";
import type { Provider, Speech } from "./provider";

/** How a provider is spoken to in a lane: in the dialect that the lane chose, where it speaks that, else in its first. */
export function speechOf({ speaks }: Pick<Provider, "speaks">, dialect: DialectId | null): Speech {
  return speaks.find((speech) => speech.dialect === dialect) ?? speaks[0];
}
