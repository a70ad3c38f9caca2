/** `npm run --silent fold -- FILE…`: the same as `vitrine fold`. */
import { foldCommand } from "@/cli/fold-command";

process.exitCode = foldCommand(process.argv.slice(2));
