/** Families of models: those of one family share habits, and mistakes. */
const families: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["GPT", /\b(gpt|chatgpt|davinci|o[1-9])(?![a-z])/i],
  ["Claude", /\b(claude|anthropic)/i],
  ["Gemini", /\b(gemini|gemma|palm)/i],
  ["Llama", /\b(meta-)?llama/i],
  ["Mistral", /\b(mi[sx]tral|ministral|magistral|codestral)/i],
  ["Qwen", /\b(qwen|qwq)/i],
  ["DeepSeek", /\bdeepseek/i],
  ["Grok", /\bgrok/i],
  ["Command", /\b(command-[ar]|cohere)/i],
  ["Phi", /\bphi-?\d/i],
];

/** The family of a model by its name, such as "GPT" of "openai/gpt-4o-mini"; null: none that is known. */
export function familyOf(name: string): string | null {
  return families.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}
