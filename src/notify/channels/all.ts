export { consoleChannel } from "./console.js";
export { email } from "./email.js";
export { ntfy } from "./ntfy.js";
export { pagerduty } from "./pagerduty.js";
export { slack } from "./slack.js";
export { teams } from "./teams.js";
export { webhook } from "./webhook.js";
