import { vi } from "vitest";

type Variables = Readonly<Record<string, string>>;

/** Asks the models route of a process with these environment variables and no others of ours. */
export async function getModels(query: Variables, variables: Variables = {}): Promise<Response> {
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { GET } = await import("@/app/api/models/route");
  const url = `http://127.0.0.1:3000/api/models?${new URLSearchParams(query).toString()}`;
  const headers = { host: "127.0.0.1:3000", "x-vitrine": "1", "sec-fetch-site": "same-origin" };
  return GET(new Request(url, { headers }));
}
