import {
  type FilterFunction,
  FunctionExpressionType,
  JSONPathEnvironment,
  jsonpath,
  type Token,
} from "json-p3";
import { maxJsonDepth } from "./parse-json.js";
import { compilePattern, type Pattern } from "./pattern.js";

/** Patterns kept compiled; a pattern may come out of the document itself. */
const keptPatterns = 100;

/**
 * RFC 9535 as json-p3 implements it, except that `match` and `search` run on RE2: json-p3's own use the native
 * engine, in which `search(@.a, "(a+)+$")` never ends. A pattern written in the path must be readable.
 */
class LinearPathEnvironment extends JSONPathEnvironment {
  protected override setupFilterFunctions(): void {
    super.setupFilterFunctions();
    this.functionRegister.set(
      "match",
      patternFunction((pattern) => `\\A(?:${pattern})\\z`),
    );
    this.functionRegister.set(
      "search",
      patternFunction((pattern) => pattern),
    );
  }

  override checkWellTypedness(
    token: Token,
    expressions: Parameters<JSONPathEnvironment["checkWellTypedness"]>[1],
  ): typeof expressions {
    const pattern = expressions[1];
    if (/^(?:match|search)$/.test(token.value) && pattern instanceof jsonpath.expressions.StringLiteral) {
      compilePattern(iRegexp(pattern.value));
    }
    return super.checkWellTypedness(token, expressions);
  }
}

/** The one environment of all paths and filters. */
export const pathEnvironment: JSONPathEnvironment = new LinearPathEnvironment({
  maxRecursionDepth: maxJsonDepth + 10,
});

function patternFunction(anchor: (pattern: string) => string): FilterFunction {
  const kept = new Map<string, Pattern | null>();
  return {
    argTypes: [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType],
    returnType: FunctionExpressionType.LogicalType,
    call: (text: unknown, pattern: unknown) => {
      if (typeof text !== "string" || typeof pattern !== "string") return false;
      let compiled = kept.get(pattern);
      if (compiled === undefined) {
        compiled = readable(anchor(iRegexp(pattern)));
        if (kept.size >= keptPatterns) kept.clear();
        kept.set(pattern, compiled);
      }
      return compiled?.test(text) ?? false;
    },
  };
}

/** RFC 9535, 2.4.6: a pattern that cannot be read matches nothing. */
function readable(pattern: string): Pattern | null {
  try {
    return compilePattern(pattern);
  } catch {
    return null;
  }
}

/** RFC 9485: outside brackets the dot is any character except line feed and carriage return. */
function iRegexp(pattern: string): string {
  return pattern.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\./g, (found) =>
    found === "." ? "[^\\n\\r]" : found,
  );
}
