"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { TextField } from "@/components/ui/fields/text-field";
import type { McpDescription } from "@/lib/contract/mcp";
import { showMarks } from "@/lib/markdown/visible-marks";
import { usePageActions } from "@/lib/session/hooks/use-page";
import { formatPlural } from "@/lib/stream/figures/format-number";
import type { McpServerRef } from "@/lib/tools/tool";

import { InsertButton, type ServerTexts } from "./insert-button";
import { textsOf } from "./into-draft";

/** Rows that are drawn before more are asked for. */
const FIRST = 50;

type Resource = McpDescription["resources"][number];
/** The resources of a server. The text of one goes into the composer at a press. */
export function McpResources({
  server,
  described: { resources, templates },
}: {
  server: McpServerRef;
  described: McpDescription;
}) {
  const [most, setMost] = useState(FIRST);
  if (resources.length + templates.length === 0) return null;
  return (
    <Disclosure
      summary={formatPlural(resources.length + templates.length, "resource")}
      className="border-line border-t px-4 py-2"
    >
      <ul className="grid gap-3">
        {resources.slice(0, most).map((resource) => (
          <ResourceOfServer key={resource.uri} server={server} resource={resource} isTemplate={false} />
        ))}
        {templates.map((template) => (
          <ResourceOfServer key={template.uri} server={server} resource={template} isTemplate />
        ))}
      </ul>
      {resources.length <= most ? null : (
        <Button size="small" className="mt-2" onClick={() => setMost(most + FIRST * 4)}>
          Show more of {resources.length}
        </Button>
      )}
    </Disclosure>
  );
}

type ResourceOfServerProps = { server: McpServerRef; resource: Resource; isTemplate: boolean };

function ResourceOfServer({ server, resource, isTemplate }: ResourceOfServerProps) {
  const { askMcp } = usePageActions();
  const [uri, setUri] = useState(resource.uri);
  const name = showMarks(resource.name);
  const read = async (): Promise<ServerTexts> => {
    const reply = await askMcp((client) => client.resource(server, uri));
    if (!reply.ok) return { ok: false, message: reply.error.message };
    return { ok: true, ...textsOf(reply.value.contents.map(({ block }) => block)) };
  };
  return (
    <li className="grid gap-1">
      <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
      {isTemplate ? (
        <TextField
          aria-label={`Address of ${name}`}
          value={uri}
          onChange={(event) => setUri(event.target.value)}
          className="figures w-full"
        />
      ) : (
        <span className="figures text-muted text-[13px] [overflow-wrap:anywhere]">
          {showMarks(resource.uri)}
        </span>
      )}
      <span className="text-muted text-[13px] [overflow-wrap:anywhere] empty:hidden">
        {showMarks(resource.description.slice(0, 2_000))}
      </span>
      <InsertButton name={name} read={read} />
    </li>
  );
}
