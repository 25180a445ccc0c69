/** Every kind of probe, one line each. */
export { command } from "./command.js";
export { http } from "./http.js";
export { openaiChat } from "./openai-chat.js";
