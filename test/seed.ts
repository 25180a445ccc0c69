import fc from "fast-check";

/** The same examples every time: a property that fails fails for everyone. */
fc.configureGlobal({ seed: 20_261_125 });
