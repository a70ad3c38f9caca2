import { TokenForm } from "./token-form";

/** Shown in place of any page while the server asks for a token. */
export default function TokenPage() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-4 p-6">
      <h1 className="text-lg font-semibold">Enter the access token</h1>
      <p className="text-muted">
        It is the value of <code>VITRINE_TOKEN</code> on the server. This browser keeps it for 30 days.
      </p>
      <TokenForm />
    </main>
  );
}
