import type { DialectId } from "@/lib/providers/dialect-id";
import { anthropicDialect } from "@/lib/providers/dialects/anthropic/dialect";
import { chatDialect } from "@/lib/providers/dialects/chat/dialect";
import { geminiDialect } from "@/lib/providers/dialects/gemini/dialect";
import { responsesDialect } from "@/lib/providers/dialects/responses/dialect";
import { writeTagThoughts } from "@/lib/providers/dialects/shared/tag-thoughts";
import { readTags } from "@/lib/providers/dialects/shared/tagged-text";
import type {
  CallShape,
  Dialect,
  QuirksOf,
  ModelPages,
  RequestInput,
  Speech,
  ThinkTagMode,
  WrittenRequest,
} from "@/lib/providers/provider";
import type { DialectReader } from "@/lib/stream/wire/wire-body";

/** A dialect with the quirks of one provider: all that is left to say is the call itself. */
export type BoundDialect = {
  readonly id: DialectId;
  readonly modelPages: ModelPages;
  readonly path: (call: CallShape) => string;
  readonly open: (thinkTags: ThinkTagMode) => DialectReader;
  readonly write: (input: Omit<RequestInput, "dialect" | "quirks">) => WrittenRequest;
};

const DIALECTS: { readonly [D in DialectId]: Dialect<QuirksOf[D]> } = {
  "chat-completions": chatDialect,
  responses: responsesDialect,
  anthropic: anthropicDialect,
  gemini: geminiDialect,
};

/** The dialect of a speech. */
export function bindDialect<D extends DialectId>({ dialect: id, quirks }: Speech<D>): BoundDialect {
  const dialect: Dialect<QuirksOf[D]> = DIALECTS[id];
  return {
    id,
    modelPages: dialect.modelPages,
    path: (call) => dialect.path(call, quirks),
    open: (thinkTags) => readTags(dialect.open({ quirks }), thinkTags),
    write: (input) => {
      const tagNotes = new Set<string>();
      const history = writeTagThoughts(input.history, input.setup.model, (text) => void tagNotes.add(text));
      const { body, notes } = dialect.write({ ...input, history, dialect: id, quirks });
      return { body, notes: [...tagNotes, ...notes] };
    },
  };
}
