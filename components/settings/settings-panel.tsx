"use client";

import { type ReactNode, useId } from "react";

import { TrapNote } from "@/components/markdown/trap-note";
import { Button } from "@/components/ui/button";
import { JsonText } from "@/components/ui/code/json-text";
import { CopyButton } from "@/components/ui/copy-button";
import { Disclosure } from "@/components/ui/disclosure";
import { NumberField } from "@/components/ui/fields/number-field";
import { Select } from "@/components/ui/fields/select";
import { Switch } from "@/components/ui/fields/switch";
import { TextArea } from "@/components/ui/fields/text-area";
import { Panel } from "@/components/ui/panel/panel";
import { ThreeWay } from "@/components/ui/three-way";
import { showMarks } from "@/lib/markdown/visible-marks";
import type { LaneSetup } from "@/lib/providers/provider";
import type { SettingLimits } from "@/lib/providers/rules/setting-limits";
import type { Verdict } from "@/lib/providers/rules/verdicts";
import type { LaneView } from "@/lib/session/store/lane-view";
import { MODEL_CHOICE } from "@/lib/session/store/lanes";
import type { LaneId, SettingKey } from "@/lib/session/store/session";
import type { ToolDefinition } from "@/lib/tools/tool";

import { AnswerSchemaField } from "./answer-schema-field";
import { AnsweredByField } from "./answered-by-field";
import { DialectField } from "./dialect-field";
import { EffortField } from "./effort-field";
import { linkControl, viewsReached } from "./link-control";
import { RunLimitsField } from "./run-limits-field";
import { SamplersField } from "./samplers-field";
import { SettingRow } from "./setting-row";
import { ThinkingLimitField } from "./thinking-limit-field";
import { ToolChoiceField } from "./tool-choice-field";

type SettingsPanelProps = {
  lanes: readonly LaneView[];
  /** The lane whose settings are shown. */
  lane: LaneView;
  onLane: (lane: LaneId) => void;
  /** Where the lane's model runs, as a person reads it, such as "llama.cpp". */
  providerLabel: string;
  tools: readonly ToolDefinition[];
  limits: SettingLimits;
  verdicts: readonly Verdict[];
  /** JSON of the request that a send would make now. */
  requestPreview: string;
  onChange: (patch: Partial<LaneSetup>) => void;
  /** Gives the lane its own. */
  onOwn: (key: SettingKey) => void;
  /** Gives the lane what `source` shows; with the lane itself, its value goes to all. */
  onLinkTo: (key: SettingKey, source: LaneId) => void;
  onModel: () => void;
  onTools: () => void;
  /** Of this browser, for all lanes: thoughts stay open once the answer begins. */
  keepsThoughts: boolean;
  onKeepThoughts: (isKept: boolean) => void;
  onClose: () => void;
};

/** All settings of one lane; each row shows whether it is shared and what the server will do with it. */
export function SettingsPanel(props: SettingsPanelProps) {
  const { lanes, lane, onLane, requestPreview, onClose } = props;
  const titleId = useId();
  return (
    <Panel title="Settings" kind="side" onClose={onClose}>
      {lanes.length > 1 ? (
        <div className="border-line shrink-0 border-b px-4 py-2">
          <Select
            aria-label="Lane"
            value={lane.id}
            options={lanes.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(picked) => {
              const next = lanes.find(({ id }) => id === picked);
              if (next !== undefined) onLane(next.id);
            }}
            className="w-full"
          />
        </div>
      ) : null}
      {/* Another lane starts with fresh fields: half-typed numbers stay where they were typed. */}
      <div key={lane.id} className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <ModelRows {...props} />
        <LimitRows {...props} />
        <ToolRows {...props} />
        <Disclosure summary="Request" className="px-4 py-3">
          <div className="flex justify-end">
            <CopyButton label="Copy request" text={() => requestPreview} />
          </div>
          <JsonText label="Request as JSON" text={requestPreview} />
        </Disclosure>
        <section aria-labelledby={titleId} className="border-line grid gap-2 border-t px-4 py-3">
          <h3 id={titleId} className="font-medium">
            This browser
          </h3>
          <Switch
            label="Keep thoughts open once the answer begins"
            checked={props.keepsThoughts}
            onChange={props.onKeepThoughts}
          />
        </section>
      </div>
    </Panel>
  );
}

function ModelRows(props: SettingsPanelProps) {
  const { lane, providerLabel, limits, onChange, onModel } = props;
  const { setup } = lane;
  return (
    <>
      <Row {...props} title="Model" setting="model" with={MODEL_CHOICE}>
        <Button onClick={onModel} className="w-full justify-between overflow-hidden px-2">
          <span className="truncate">{showMarks(setup.model) || "Choose a model"}</span>
          <span className="text-muted shrink-0">{providerLabel}</span>
        </Button>
      </Row>
      {limits.dialects.length > 1 ? (
        <Row {...props} title="Dialect" setting="dialect" with={MODEL_CHOICE}>
          <DialectField
            value={limits.dialect}
            dialects={limits.dialects}
            onChange={(dialect) => onChange({ dialect })}
          />
        </Row>
      ) : null}
      <Row {...props} title="System prompt" setting="system">
        <TextArea
          aria-label="System prompt"
          rows={3}
          value={setup.system}
          placeholder="not sent"
          onChange={(event) => onChange({ system: event.target.value })}
          className="w-full"
        />
        <TrapNote text={setup.system} />
      </Row>
      <Row {...props} title="Effort" setting="effort">
        <EffortField
          value={setup.effort}
          options={limits.effort}
          onChange={(value) => onChange({ effort: value })}
        />
      </Row>
    </>
  );
}

function LimitRows(props: SettingsPanelProps) {
  const { lane, limits, onChange } = props;
  const { setup } = lane;
  return (
    <>
      <Row {...props} title="Thinking limit" setting="thinkingTokens">
        <ThinkingLimitField
          value={setup.thinkingTokens}
          limit={limits.thinkingLimit}
          onChange={(thinkingTokens) => onChange({ thinkingTokens })}
        />
      </Row>
      <Row {...props} title="Output limit" setting="maxTokens">
        <NumberField
          label="Max output tokens (incl. thinking)"
          integer
          min={1}
          value={setup.maxTokens}
          onChange={(maxTokens) => onChange({ maxTokens })}
        />
      </Row>
      <Row {...props} title="Samplers" setting="samplers">
        <SamplersField
          samplers={setup.samplers}
          rejected={limits.rejected}
          onChange={(samplers) => onChange({ samplers })}
        />
      </Row>
      <Row {...props} title="Answer schema" setting="responseSchema">
        <AnswerSchemaField
          value={setup.responseSchema}
          onChange={(responseSchema) => onChange({ responseSchema })}
        />
      </Row>
      <Row {...props} title="Think tags" setting="thinkTags">
        <ThreeWay
          label="Read <think> tags in the answer as thoughts"
          value={setup.thinkTags}
          unset="auto"
          onChange={(thinkTags) => onChange({ thinkTags })}
        />
        <p className="text-muted text-[13px]">
          Auto reads tags only at the start of an answer, and only if the server sends no reasoning itself. On
          reads them at the start of any line.
        </p>
      </Row>
    </>
  );
}

function ToolRows(props: SettingsPanelProps) {
  const { lane, limits, tools, onChange, onTools } = props;
  const { setup } = lane;
  const names = tools.filter((tool) => setup.tools.includes(tool.id)).map((tool) => tool.name);
  return (
    <>
      <Row {...props} title="Tools" setting="tools">
        <Button onClick={onTools} className="w-full justify-between overflow-hidden">
          <span className="truncate">{names.length === 0 ? "none on" : names.join(", ")}</span>
          <span className="text-muted shrink-0">edit</span>
        </Button>
      </Row>
      <Row {...props} title="Calls answered by" setting="answeredBy">
        <AnsweredByField value={setup.answeredBy} onChange={(answeredBy) => onChange({ answeredBy })} />
      </Row>
      <Row {...props} title="Tool choice" setting="toolChoice">
        <ToolChoiceField
          value={setup.toolChoice}
          names={names}
          noForced={limits.noForcedChoice}
          onChange={(toolChoice) => onChange({ toolChoice })}
        />
      </Row>
      <Row {...props} title="Parallel calls" setting="parallelToolCalls">
        <ThreeWay
          label="Parallel calls"
          value={setup.parallelToolCalls}
          unset="not sent"
          onChange={(parallelToolCalls) => onChange({ parallelToolCalls })}
        />
      </Row>
      <Row {...props} title="Run limits" setting="limits">
        <RunLimitsField value={setup.limits} onChange={(changed) => onChange({ limits: changed })} />
      </Row>
      {limits.webSearch ? (
        <Row {...props} title="Web search" setting="webSearch">
          <Switch
            label="Web search at the provider"
            checked={setup.webSearch}
            onChange={(webSearch) => onChange({ webSearch })}
          />
          <p className="text-muted text-[13px]">The provider runs the search and may charge for it.</p>
        </Row>
      ) : null}
    </>
  );
}

type RowProps = Pick<
  SettingsPanelProps,
  "lanes" | "lane" | "tools" | "verdicts" | "onChange" | "onOwn" | "onLinkTo"
> & {
  title: string;
  setting: SettingKey;
  /** Settings that are linked and unlinked together with this one. */
  with?: readonly SettingKey[];
  children: ReactNode;
};

function Row(props: RowProps) {
  const { lanes, lane, tools, verdicts, onChange, title, setting, with: others = [], children } = props;
  const keys = [...new Set([setting, ...others])];
  return (
    <SettingRow
      title={title}
      link={linkControl(lanes, lane, keys, tools)}
      onOwn={() => props.onOwn(setting)}
      onLinkTo={(source) => props.onLinkTo(setting, source)}
      verdicts={verdicts.filter((verdict) => verdict.setting === setting)}
      reach={viewsReached(lanes, lane, setting)}
      onFix={onChange}
    >
      {children}
    </SettingRow>
  );
}
