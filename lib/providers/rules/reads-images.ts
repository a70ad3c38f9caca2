import type { LlamaProps } from "@/lib/providers/llama-props";

/**
 * Whether a server's model reads images; null = not known, so they are sent. A llama.cpp router speaks for no
 * model: each of its models may be another.
 */
export function readsImages(props: LlamaProps | null): boolean | null {
  return props === null || props.router ? null : props.vision;
}
