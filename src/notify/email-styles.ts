/** Inlined styles of the HTML part; tokens of design/DESIGN-GUIDE.md. */

/** Fonts. */
export const sans = "font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;";

/** For fields and commands. */
export const mono = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;";

/** Text. */
export const ink = `${sans}color:#17202b;`;

/** Second text. */
export const soft = `${sans}color:#4d5966;`;

/** Small print. */
export const small = `${soft}font-size:13px;line-height:19px;`;

/** Mail readers drop stylesheets: everything stands inline, and the classes only switch to dark. */
export const darkRules = `:root{color-scheme:light dark}
@media (max-width:620px){.page{width:100%!important}}
@media (prefers-color-scheme:dark){body,.bg{background:#11161c!important}.i,.r{color:#e3e8ed!important}.s{color:#a6b1bc!important}.l{color:#82c1ec!important}
.w{background:#1a2128!important;color:#e3e8ed!important}.r{border-color:#2b343d!important}.h{border-color:#e3e8ed!important}
.pl{background:#a9c4dc!important}.bd{background:#22313f!important}.bad{background:#ff8b81!important}
.go{background:#82c1ec!important}.gol{color:#11161c!important}.incident{color:#ff8b81!important}.blind{color:#c9aaf3!important}.steady{color:#82cfa6!important}}
[data-ogsc] .i,[data-ogsc] .r,[data-ogsc] .w{color:#e3e8ed!important}[data-ogsc] .s{color:#a6b1bc!important}[data-ogsc] .l{color:#82c1ec!important}`;

/** A state's mark and colour. */
export const tones = {
  incident: { mark: "◆", color: "#a8201a" },
  blind: { mark: "?", color: "#6a3d9a" },
  steady: { mark: "⊖", color: "#27664a" },
} as const;
