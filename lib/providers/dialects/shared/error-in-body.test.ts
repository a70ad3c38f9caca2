import { expect, it } from "vitest";

import type { Json } from "@/lib/stream/turn/json";

import { readChatError } from "./error-in-body";

it.each<[Json, code: string, message: string]>([
  [{ error: true, message: "Out of quota" }, "provider_error", "Out of quota"],
  [{ error: 500, message: "Out of quota" }, "HTTP_500", "Out of quota"],
  [{ error: ["Out of quota"] }, "provider_error", "Out of quota"],
  [{ errors: [{ code: 1000, message: "Out of quota" }], success: false }, "1000", "Out of quota"],
  [{ error: { error: { code: 400, message: "Out of quota" } } }, "HTTP_400", "Out of quota"],
  [{ status: 500, error: "Out of quota", path: "/v1" }, "HTTP_500", "Out of quota"],
  [{ code: 500, message: "Out of quota", choices: [] }, "HTTP_500", "Out of quota"],
  [{ ErrorCode: "Quota", ErrorMessage: "Out of quota" }, "Quota", "Out of quota"],
  [{ base_resp: { status_code: 1008, status_msg: "Out of quota" } }, "1008", "Out of quota"],
  [
    { success: false },
    "provider_error",
    "The provider reported an error (provider_error) without a message.",
  ],
])("the reader of errors finds the error in %j", (body, code, message) => {
  expect(readChatError(body)).toMatchObject({ code, message });
});

it.each<[Json]>([
  [{ choices: [], error: null, base_resp: { status_code: 0, status_msg: "success" } }],
  [{ choices: [{ delta: { content: "a" } }], code: 0, message: "ok" }],
  [{ error: false, message: "Hello" }],
  [{ error: {} }],
])("the reader of errors finds none in %j", (body) => {
  expect(readChatError(body)).toBeNull();
});
