/** Every provider, one line each. */
export { anthropic } from "./anthropic.js";
export { openai } from "./openai.js";
