import type { ToolOffer } from "@/lib/tools/tool-offer";

/** Why a call waits for a person although its tool could answer; null where the tool is offered. */
export function unofferedWords(offer: ToolOffer): string | null {
  switch (offer) {
    case "offered":
      return null;
    case "not-offered":
      return "This tool was not offered to the model, so it does not run by itself.";
    case "told-none":
      return "The model was told to call no tool, so this one does not run by itself.";
    case "turned-off":
      return "This tool was turned off in this lane after it was offered, so it does not run by itself.";
  }
}
