import type { ReactNode } from "react";

/** A titled group of rows in a panel. Its rows are `li`. */
export function ListGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-t py-1" aria-label={title}>
      <h3 className="text-muted px-4 pt-2 text-[13px] font-medium">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

/** Stands in a group for rows that it does not have. */
export function EmptyRow({ children }: { children: ReactNode }) {
  return <li className="text-muted px-4 py-2">{children}</li>;
}
