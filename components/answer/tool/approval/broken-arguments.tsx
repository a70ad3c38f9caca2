"use client";

import { useState } from "react";

import { useAnswerScope } from "@/components/answer/answer-scope";
import { Button } from "@/components/ui/button";
import { useActions } from "@/lib/session/hooks/use-session";
import type { ToolCallPart } from "@/lib/stream/turn/turn";
import type { ToolDefinition } from "@/lib/tools/tool";

import { ArgumentsEditor, ArgumentsField } from "./arguments-editor";

type BrokenArgumentsProps = {
  stepId: string;
  call: ToolCallPart;
  tool: ToolDefinition;
  /** Its best button is the one that stands out in the lane. */
  isLeading: boolean;
};

/** A call whose tool can't run, because its arguments are not a JSON object: a person may repair them and run it. */
export function BrokenArguments({ stepId, call, tool, isLeading }: BrokenArgumentsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { turnId } = useAnswerScope();
  const { editCall, runCall } = useActions();
  const callRef = { turnId, stepId, partId: call.id };
  return (
    <div className="border-line grid gap-2 border-t px-3 py-2">
      <p className="text-warn text-[13px]">
        These arguments are not a JSON object, so the tool can&rsquo;t run with them. Repair them, or type a
        result.
      </p>
      {isOpen ? (
        <ArgumentsEditor
          call={call}
          tool={tool}
          isLeading={isLeading}
          onDone={(edit, runs) => {
            setIsOpen(false);
            editCall(callRef, edit);
            if (runs) void runCall(callRef);
          }}
          onCancel={() => setIsOpen(false)}
        />
      ) : (
        <div>
          <Button
            size="small"
            onPointerEnter={ArgumentsField.preload}
            onFocus={ArgumentsField.preload}
            onClick={() => setIsOpen(true)}
          >
            Edit arguments
          </Button>
        </div>
      )}
    </div>
  );
}
