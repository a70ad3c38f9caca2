import { Segmented } from "@/components/ui/fields/segmented";

type ThreeWayProps = {
  label: string;
  /** null = as the server or the preset does it by itself. */
  value: boolean | null;
  /** What null means here, such as "not sent". */
  unset: string;
  onChange: (value: boolean | null) => void;
};

const VALUES = { unset: null, on: true, off: false } as const;

/** On, off, or left to the other side. */
export function ThreeWay({ label, value, unset, onChange }: ThreeWayProps) {
  return (
    <Segmented
      label={label}
      value={value === null ? "unset" : value ? "on" : "off"}
      options={[
        { value: "unset", label: unset },
        { value: "on", label: "on" },
        { value: "off", label: "off" },
      ]}
      onChange={(next) => onChange(VALUES[next])}
      className="justify-self-start"
    />
  );
}
