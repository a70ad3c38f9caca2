import type { RequestInput } from "@/lib/providers/provider";
import type { Step } from "@/lib/stream/turn/turn";

/** Signatures and encrypted reasoning mean something only to the model, address and dialect they came from. */
export function cameFromHere({ request }: Step, { setup, dialect }: RequestInput): boolean {
  return (
    request.provider === setup.provider &&
    request.dialect === dialect &&
    request.endpoint === setup.endpoint &&
    request.model === setup.model
  );
}
