"use client";

import { useState } from "react";

import { Select } from "@/components/ui/fields/select";
import { ThreeWay } from "@/components/ui/three-way";
import type { LaneSetup } from "@/lib/providers/provider";
import { settingLimits } from "@/lib/providers/rules/setting-limits";
import type { Verdict } from "@/lib/providers/rules/verdicts";
import type { LaneView } from "@/lib/session/store/lane-view";
import type { LaneId, SettingKey } from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";

import { AnsweredByField } from "./answered-by-field";
import { linkControl, viewsReached } from "./link-control";
import { SettingRow } from "./setting-row";
import { ToolChoiceField } from "./tool-choice-field";

type ChoiceRowsProps = {
  tools: readonly ToolDefinition[];
  lanes: readonly LaneView[];
  /** Verdicts on the settings of each lane, by lane id. */
  verdicts: Readonly<Record<string, readonly Verdict[]>>;
  onChange: (lane: LaneId, patch: Partial<LaneSetup>) => void;
  onLink: (lane: LaneId, key: SettingKey, linked: boolean) => void;
  onLinkTo: (lane: LaneId, key: SettingKey, source: LaneId) => void;
};

/** How a lane's model may choose among the tools. Linked settings change all lanes, as everywhere. */
export function ChoiceRows({ tools, lanes, verdicts, onChange, onLink, onLinkTo }: ChoiceRowsProps) {
  const [picked, setPicked] = useState<string | null>(null);
  const lane = lanes.find(({ id }) => id === picked) ?? lanes[0];
  if (lane === undefined) return null;
  const names = tools.filter((tool) => lane.setup.tools.includes(tool.id)).map((tool) => tool.name);
  const change = (patch: Partial<LaneSetup>) => onChange(lane.id, patch);
  const row = (setting: SettingKey) => ({
    link: linkControl(lanes, lane, [setting], tools),
    onOwn: () => onLink(lane.id, setting, false),
    onLinkTo: (source: LaneId) => onLinkTo(lane.id, setting, source),
    reach: viewsReached(lanes, lane, setting),
    onFix: change,
    verdicts: (verdicts[lane.id] ?? []).filter((verdict) => verdict.setting === setting),
  });
  return (
    <>
      {lanes.length > 1 ? (
        <div className="px-4 pt-3">
          <Select
            aria-label="Lane for the settings below"
            value={lane.id}
            options={lanes.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setPicked}
            className="w-full"
          />
        </div>
      ) : null}
      <SettingRow title="Calls answered by" {...row("answeredBy")}>
        <AnsweredByField value={lane.setup.answeredBy} onChange={(answeredBy) => change({ answeredBy })} />
      </SettingRow>
      <SettingRow title="Tool choice" {...row("toolChoice")}>
        <ToolChoiceField
          value={lane.setup.toolChoice}
          names={names}
          noForced={settingLimits(lane.setup)?.noForcedChoice ?? null}
          onChange={(toolChoice) => change({ toolChoice })}
        />
      </SettingRow>
      <SettingRow title="Parallel calls" {...row("parallelToolCalls")}>
        <ThreeWay
          label="Parallel calls"
          value={lane.setup.parallelToolCalls}
          unset="not sent"
          onChange={(parallelToolCalls) => change({ parallelToolCalls })}
        />
      </SettingRow>
    </>
  );
}
