"use client";

import { type SyntheticEvent, useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/fields/field";
import { TextField } from "@/components/ui/fields/text-field";
import { tokenReplySchema } from "@/lib/contract/access";
import { callApi } from "@/lib/session/servers/api-client";

import { pageAfterToken } from "./page-after-token";

const call = {
  fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
  path: "/api/token",
  reply: tokenReplySchema,
};

/** Takes the token and shows the page that was asked for. */
export function TokenForm() {
  const [token, setToken] = useState("");
  const [error, setError] = useState<string | null>(null);
  useEffect(() => void goOnIfKnown(), []);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const answer = await callApi({ ...call, body: { token } });
    if (answer.ok) goOn();
    else setError(answer.error.message);
  };
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-3">
      <Field label="Token" error={error}>
        {(control) => (
          <TextField
            {...control}
            type="password"
            autoComplete="current-password"
            required
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" kind="primary" className="justify-center">
        Open Vitrine
      </Button>
    </form>
  );
}

/** A link from another site comes without the cookie that this browser holds; the next step has it. */
async function goOnIfKnown(): Promise<void> {
  const answer = await callApi(call);
  if (answer.ok) goOn();
}

function goOn(): void {
  location.replace(pageAfterToken(location.href));
}
