import manifest from "@/package.json";

/** Vitrine's own version. */
export const VERSION: string = manifest.version;
