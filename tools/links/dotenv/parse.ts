/**
 * Stand-in for `@std/dotenv/parse`, built on the npm package `dotenv`.
 *
 * The two agree on literal values, the only ones the project hands to it.
 */
import { parse as untyped } from "dotenv";

/** Parses `KEY=value` text. */
export const parse: (text: string) => Record<string, string> = untyped;
