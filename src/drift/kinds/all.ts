export { category } from "./category.js";
export { number } from "./number.js";
export { passShare } from "./pass-share.js";
