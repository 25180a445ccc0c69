export { category } from "./category.js";
export { goldenCases } from "./golden-cases.js";
export { number } from "./number.js";
export { numberPerRun } from "./number-per-run.js";
export { passShare } from "./pass-share.js";
export { shape } from "./shape.js";
export { volume } from "./volume.js";
