import { anthropic } from "@/lib/providers/dialects/anthropic/dialect";
import { chatCompletions } from "@/lib/providers/dialects/chat/dialect";
import { gemini } from "@/lib/providers/dialects/gemini/dialect";
import { responses } from "@/lib/providers/dialects/responses/dialect";
import { writeTagThoughts } from "@/lib/providers/dialects/shared/tag-thoughts";
import { readTags } from "@/lib/providers/dialects/shared/tagged-text";
import type {
  CallShape,
  Dialect,
  DialectId,
  DialectReader,
  Quirks,
  RequestInput,
  Speech,
  ThinkTagMode,
  WrittenRequest,
} from "@/lib/providers/provider";

/** A dialect with the quirks of one provider: all that is left to say is the call itself. */
export type BoundDialect = {
  readonly id: DialectId;
  readonly path: (call: CallShape) => string;
  readonly open: (thinkTags: ThinkTagMode) => DialectReader;
  readonly write: (input: Omit<RequestInput, "dialect" | "quirks">) => WrittenRequest;
};

/** The dialect of a speech. */
export function bindDialect(speech: Speech): BoundDialect {
  switch (speech.dialect) {
    case "chat-completions":
      return bind(chatCompletions, speech.quirks);
    case "responses":
      return bind(responses, speech.quirks);
    case "anthropic":
      return bind(anthropic, speech.quirks);
    case "gemini":
      return bind(gemini, speech.quirks);
  }
}

function bind<Q extends Quirks>(dialect: Dialect<Q>, quirks: Q): BoundDialect {
  return {
    id: dialect.id,
    path: (call) => dialect.path(call, quirks),
    open: (thinkTags) => readTags(dialect.open({ quirks }), thinkTags),
    write: (input) => {
      const tagNotes = new Set<string>();
      const history = writeTagThoughts(input.history, input.setup.model, (text) => void tagNotes.add(text));
      const { body, notes } = dialect.write({ ...input, history, dialect: dialect.id, quirks });
      return { body, notes: [...tagNotes, ...notes] };
    },
  };
}
