declare global {
  // oxlint-disable-next-line typescript/no-namespace -- the only way to name a variable of the environment
  namespace NodeJS {
    interface ProcessEnv {
      readonly VITRINE_VERSION?: string;
    }
  }
}

/** The version of the page that runs, as it was built: its server may be another one by now. "" = not built. */
export const PAGE_VERSION: string = process.env.VITRINE_VERSION ?? "";
