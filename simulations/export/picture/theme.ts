/** The light theme of app/tokens.css: an exported picture carries its own colours. */
const INK = {
  sheet: '#ffffff',
  well: '#e1e7e6',
  ink: '#12181b',
  ink2: '#3c474c',
  ink3: '#58656a',
  rule: '#cad2d2',
  rule2: '#7e8b90',
  grid: '#e9edec',
  vNew: '#2370b4',
  vPrev: '#a9c7df',
  vOld: '#e3ecf2',
  onNew: '#ffffff',
  hatch: '#6c9cc4',
  violated: '#b33000',
  client: '#5b1049',
} as const;

/** Three voices: the instrument, the author, the run. A viewer without the faces uses what stands behind them. */
const UI = "Commissioner,'Segoe UI',Arial,sans-serif";
const PROSE = "'STIX Two Text',Georgia,'Times New Roman',serif";
const DATA = "'Martian Mono','DejaVu Sans Mono',ui-monospace,Menlo,Consolas,monospace";

/** What both pictures share. */
const BASE = `
text{font-family:${DATA};font-size:10px;font-stretch:75%;font-variant-ligatures:none}
.sheet{fill:${INK.sheet}}
.title{font-family:${UI};font-size:15px;font-weight:600;fill:${INK.ink}}
.caption{font-family:${PROSE};font-size:14px;fill:${INK.ink2}}
.command{font-size:11px;fill:${INK.ink}}
.word{fill:${INK.ink2}}
.axis-word{fill:${INK.ink3}}
.cased{stroke:${INK.sheet};stroke-width:3.5px;stroke-linejoin:round;paint-order:stroke}
.strong{fill:${INK.ink}}
.chip{stroke:${INK.ink};stroke-width:1}
.chip-word{font-size:10.5px;font-weight:600}
.fill-new{fill:${INK.vNew}}.fill-prev{fill:url(#prev)}.fill-old{fill:url(#old)}.fill-gone{fill:${INK.sheet}}
.on-new{fill:${INK.onNew}}
.on-prev{fill:${INK.ink};stroke:${INK.vPrev};stroke-width:3px;paint-order:stroke}
.on-old{fill:${INK.ink2};stroke:${INK.vOld};stroke-width:3px;paint-order:stroke}
.on-gone{fill:${INK.ink2};text-decoration:line-through}
.cross{fill:none;stroke:${INK.ink};stroke-width:1.75}
.solid{fill:${INK.ink};stroke:${INK.ink};stroke-width:1.25}
.hollow{fill:${INK.sheet};stroke:${INK.ink};stroke-width:1.25}
.client{fill:${INK.sheet};stroke:${INK.client};stroke-width:1.5}
.replica{fill:${INK.sheet};stroke:${INK.ink};stroke-width:1.25}
.gap{fill:${INK.well}}
.edge{fill:none;stroke:${INK.ink};stroke-width:1.25;stroke-linejoin:bevel}
.standing{stroke-width:1.75}
`;

/** Style of the space-time diagram. */
export const SPACE_TIME_STYLE = `${BASE}.grid{fill:none;stroke:${INK.grid}}
.axis{fill:none;stroke:${INK.rule2}}
.lane{fill:none;stroke:${INK.rule2}}
.lane-word{font-size:11px;font-weight:500;fill:${INK.ink}}
.band-edge{fill:none;stroke:${INK.ink};opacity:.55}
.band-word{font-size:10px;font-weight:600}
.down{fill:none;stroke:${INK.rule2};stroke-dasharray:5 4}
.tear{fill:none;stroke:${INK.ink};stroke-width:1.5;stroke-linejoin:bevel}
.paused{fill:none;stroke:${INK.ink2};stroke-dasharray:1 3}
.line{fill:none;stroke:${INK.ink};stroke-width:1.25}
.late{fill:none;stroke:${INK.ink3}}
.head{fill:${INK.ink}}
.hollow-head{fill:${INK.sheet};stroke:${INK.ink}}
.held{fill:none;stroke:${INK.ink};stroke-width:2;stroke-dasharray:.1 4;stroke-linecap:round}
.density{fill:none;stroke:${INK.ink2}}
.traffic-1{fill:none;stroke:${INK.ink};opacity:.1}
.traffic-2{fill:none;stroke:${INK.ink};opacity:.17}
.traffic-3{fill:none;stroke:${INK.ink};opacity:.25}
.traffic-4{fill:none;stroke:${INK.ink};opacity:.34}
.traffic-5{fill:none;stroke:${INK.ink};opacity:.44}
.bar{fill:${INK.sheet};stroke:${INK.ink}}
.bar-torn{fill:none;stroke:${INK.ink};stroke-dasharray:2 2}
.cap{fill:none;stroke:${INK.ink};stroke-width:2}
.bar-word{font-size:11px;font-weight:500;fill:${INK.ink}}
.refused{text-decoration:line-through}
.elsewhere{opacity:.6}
.fault{fill:none;stroke:${INK.ink2}}
.fault-cut{stroke:${INK.ink};stroke-width:1.75}
.fault-slow{stroke-width:2;stroke-dasharray:.1 3.4;stroke-linecap:round}
.proof{fill:none;stroke:${INK.violated};stroke-width:1.25;stroke-dasharray:6 3 1 3}
.proof-word{font-weight:500;fill:${INK.violated}}
.witness{fill:none;stroke:${INK.violated};stroke-width:2.5}
.violated{fill:${INK.violated}}
`;

/** Style of the stage. */
export const STAGE_STYLE = `${BASE}.well{fill:${INK.well}}
.stratum{fill:none;stroke:${INK.rule};opacity:.55}
.bold{stroke:${INK.rule2};opacity:.6}
.ring{fill:none;stroke:${INK.rule2}}
.link{fill:none;stroke:${INK.rule}}
.cut{fill:none;stroke:${INK.ink};stroke-width:1.75}
.trail{fill:none;stroke:${INK.ink};stroke-width:1.5}
.track{fill:none;stroke:${INK.ink3};stroke-dasharray:1 3}
.faded{opacity:.5}
.node{fill:${INK.sheet};stroke:${INK.ink};stroke-width:1.5}
.node-down{stroke:${INK.ink2};stroke-dasharray:5 4}
.pause{fill:none;stroke:${INK.ink};stroke-width:2}
.client{stroke-width:1.75}
.name{font-size:13px;font-weight:500;fill:${INK.ink}}
.name-down{fill:${INK.ink3}}
.client-name{fill:${INK.client}}
.chip-down{opacity:.6}
.vote{fill:${INK.sheet};stroke:${INK.ink}}
.counted{fill:${INK.ink}}
`;

/** The fills of older versions: hatched at 45 degrees, and dotted. */
export const PATTERNS = `<pattern id="prev" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="${INK.vPrev}"/><path d="M2.5 0V5" stroke="${INK.hatch}"/></pattern>
<pattern id="old" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="${INK.vOld}"/><circle cx="1.5" cy="1.5" r=".6" fill="${INK.rule2}"/><circle cx="4.5" cy="4.5" r=".6" fill="${INK.rule2}"/></pattern>
`;
