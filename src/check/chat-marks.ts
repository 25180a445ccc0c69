/**
 * Marks by which chat models tell who speaks, as a pattern in any case: those of ChatML, Llama, Mistral and Gemma, and
 * the tags that prompts are commonly put in.
 */
export const chatTokens =
  "<\\|[a-z_]{2,30}\\|>|\\[\\/?INST\\]|<<\\/?SYS>>|<\\/?(?:start|end)_of_turn>|<\\/?(?:system|assistant|human|user|developer)[_-]?(?:prompt|messages?|instructions?)>";

/** Headings under which instruction-tuned models were given their orders, as a pattern in any case, line by line. */
export const promptHeadings = "^#{2,4} ?(?:instructions?|response|system (?:prompt|message))s? ?:";
