export { consoleChannel } from "./console.js";
export { email } from "./email.js";
export { slack } from "./slack.js";
export { webhook } from "./webhook.js";
