import { Segmented } from "@/components/ui/fields/segmented";
import type { LaneSetup } from "@/lib/providers/provider";

type AnsweredByFieldProps = {
  value: LaneSetup["answeredBy"];
  onChange: (value: LaneSetup["answeredBy"]) => void;
};

/** Who answers a lane's calls: the tools that can, or the person each time. */
export function AnsweredByField({ value, onChange }: AnsweredByFieldProps) {
  return (
    <Segmented
      label="Calls answered by"
      value={value}
      options={[
        { value: "tools", label: "their tools" },
        { value: "person", label: "me", title: "Every call waits for your result" },
      ]}
      onChange={onChange}
      className="justify-self-start"
    />
  );
}
