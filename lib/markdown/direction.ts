/** The first letter that says which way a text runs: those of right-to-left scripts are named. */
const STRONG =
  /([\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}])|\p{L}/u;

/** "rtl" where the first letter belongs to a script that runs from right to left, else undefined, for a `dir` attribute. */
export function directionOf(text: string): "rtl" | undefined {
  return STRONG.exec(text)?.[1] === undefined ? undefined : "rtl";
}
