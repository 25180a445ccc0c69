import { type JSONPathQuery, jsonpath } from "json-p3";
import { nearest } from "./nearest.js";

const { expressions, selectors } = jsonpath;

/** What is wrong with the first name behind `@.` of a filter `$[?...]` that is none of these; null: nothing. */
export function strayName(query: JSONPathQuery, names: readonly string[]): string | null {
  const filter = query.segments[0]?.selectors[0];
  if (!(filter instanceof selectors.FilterSelector)) return null;
  for (const asked of queriesIn(filter.expression)) {
    if (asked instanceof expressions.RootQuery) return "$ stands for nothing in a filter; begin with @";
    const first = asked.path.segments[0];
    // `@..name` looks everywhere
    if (first === undefined || first.toString().startsWith("..")) continue;
    for (const selector of first.selectors) {
      if (!(selector instanceof selectors.NameSelector) || names.includes(selector.name)) continue;
      const meant = nearest(selector.name, names);
      const hint =
        meant === null ? `a field of the output is @.output.${selector.name}` : `did you mean @.${meant}?`;
      return `there is no @.${selector.name}; ${hint} (there are ${names.join(", ")})`;
    }
  }
  return null;
}

/** The queries of a filter, without those of filters inside them: there `@` is something else. */
function queriesIn(expression: unknown): readonly InstanceType<typeof expressions.FilterQuery>[] {
  if (expression instanceof expressions.FilterQuery) return [expression];
  if (expression instanceof expressions.LogicalExpression) return queriesIn(expression.expression);
  if (expression instanceof expressions.PrefixExpression) return queriesIn(expression.right);
  if (expression instanceof expressions.InfixExpression) {
    return [...queriesIn(expression.left), ...queriesIn(expression.right)];
  }
  return expression instanceof expressions.FunctionExtension ? expression.args.flatMap(queriesIn) : [];
}
