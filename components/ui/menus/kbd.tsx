/** One key or chord, such as "Ctrl K". */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="border-line bg-sunken text-muted rounded border px-1 py-px text-xs whitespace-nowrap">
      {children}
    </kbd>
  );
}
