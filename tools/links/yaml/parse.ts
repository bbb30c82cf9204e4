/** Stand-in for `@std/yaml/parse`: the same code, from the npm registry. */
import { parse as untyped } from "deno-std/yaml/parse.js";

/** What {@linkcode parse} takes besides the text. */
export interface ParseOptions {
  readonly schema?: "failsafe" | "json" | "core" | "default" | "extended";
  readonly allowDuplicateKeys?: boolean;
  readonly onWarning?: (error: Error) => void;
}

/** Parses one YAML document. */
export const parse: (content: string, options?: ParseOptions) => unknown =
  untyped;
