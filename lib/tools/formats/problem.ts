/** Something wrong with a value, at a JSON pointer ("" = the whole value). */
export type Problem = {
  readonly pointer: string;
  readonly message: string;
  readonly level: "error" | "warning";
};
