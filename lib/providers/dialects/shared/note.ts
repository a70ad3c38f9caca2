/** Takes one sentence about what was changed in or left out of a request. The same sentence twice counts once. */
export type Note = (text: string) => void;
