import { guarded } from "@/lib/server/guard/guard";
import { sandboxPage } from "@/lib/server/sandbox/sandbox-page";

/** Where the page frames a person's code. It holds nothing that needs a token. */
export const GET = guarded({ open: true }, () => sandboxPage());
