import { Select } from "@/components/ui/fields/select";
import { DIALECT_LABELS, type DialectId } from "@/lib/providers/dialect-id";

type DialectFieldProps = {
  /** The one in use. */
  value: DialectId;
  /** All that the provider speaks, its usual one first. */
  dialects: readonly DialectId[];
  /** null = the provider's usual one. */
  onChange: (dialect: DialectId | null) => void;
};

/** The wire format of a lane's requests, where its provider speaks several. */
export function DialectField({ value, dialects, onChange }: DialectFieldProps) {
  const [usual] = dialects;
  return (
    <Select
      aria-label="Dialect"
      value={value}
      options={dialects.map((dialect) => ({
        value: dialect,
        label: dialect === usual ? `${DIALECT_LABELS[dialect]} (usual)` : DIALECT_LABELS[dialect],
      }))}
      onChange={(picked) => {
        const dialect = dialects.find((known) => known === picked) ?? null;
        onChange(dialect === usual ? null : dialect);
      }}
      className="w-full"
    />
  );
}
