/** Every kind of source, one line each. */
export { command } from "./command.js";
export { file } from "./file.js";
export { http } from "./http.js";
export { push } from "./push.js";
