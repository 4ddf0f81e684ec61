/** What a program could write to act outside of its pane: the terminal's own state, the clipboard, its own input, our time. */
const ESC = "\x1b";
const ST = `${ESC}\\`;
const BASE64 = Buffer.from("rm -rf /").toString("base64");

export const HOSTILE: readonly (readonly [what: string, bytes: string | Buffer])[] = [
  [
    "titles and icon names",
    `${ESC}]0;evil\x07${ESC}]1;evil${ST}${ESC}]2;evil\x07${ESC}]l;evil${ST}${ESC}kevil${ST}${ESC}[22;0t${ESC}[23;0t`,
  ],
  ["reports of titles", `${ESC}]2;$(reboot)\x07${ESC}[20t${ESC}[21t`],
  ["writing the clipboard", `${ESC}]52;c;${BASE64}\x07${ESC}]52;p;${BASE64}${ST}${ESC}]52;;${BASE64}${ST}`],
  ["reading the clipboard", `${ESC}]52;c;?\x07${ESC}]52;s0;?${ST}`],
  [
    "links that do more",
    `${ESC}]8;;javascript:alert(1)${ST}a${ESC}]8;;https://x.y/\u0007${ESC}]8;id=\u009b;https://a/${ST}b${ESC}]8;;${ST}`,
  ],
  [
    "notifications and the rest of OSC",
    `${ESC}]9;x\x07${ESC}]99;;x${ST}${ESC}]777;notify;x;y\x07${ESC}]7;file:///etc${ST}${ESC}]133;A\x07${ESC}]50;evil\x07`,
  ],
  [
    "colours of the terminal",
    `${ESC}]4;1;#ff0000\x07${ESC}]10;#000000\x07${ESC}]11;#000000${ST}${ESC}]104\x07${ESC}]110\x07${ESC}]P1ff0000`,
  ],
  ["pictures of iTerm2", `${ESC}]1337;File=name=eA==;inline=1:${"A".repeat(5000)}\x07${ESC}]1337;ClearScrollback\x07`],
  ["pictures in sixels", `${ESC}P0;1;0q"1;1;100;100${"#0~~@@vv@@~~$-".repeat(500)}${ST}`],
  ["pictures of kitty", `${ESC}_Ga=T,f=24,s=10,v=10;${"AAAA".repeat(1000)}${ST}${ESC}_Ga=q,i=1;${ST}`],
  ["answers that type", `${ESC}P$q;reboot\r${ST}${ESC}P$qm;reboot\r${ST}${ESC}P+q${Buffer.from("reboot\r").toString("hex")}${ST}\x05`],
  ["checksums and memory", `${ESC}[1;1;1;1;1;1*y${ESC}[?62n${ESC}[?63;1n${ESC}[1;1;1;24;80$w${ESC}[2$w`],
  ["passing through", `${ESC}Ptmux;${ESC}${ESC}]52;c;${BASE64}\x07${ST}${ESC}P${ESC}]2;evil\x07${ST}`],
  ["resets", `${ESC}c${ESC}[!p${ESC}[61"p${ESC}#8${ESC} G${ESC}%@${ESC}[?3h${ESC}[?40h${ESC}[?3h`],
  [
    "modes of the mouse, pastes and screens",
    `${ESC}[?9;1000;1002;1003;1005;1006;1015;1016h${ESC}[?2004h${ESC}[?1004h${ESC}[?47h${ESC}[?1047h${ESC}[?1049h`,
  ],
  ["keys and keypad", `${ESC}[?1h${ESC}=${ESC}[>31u${ESC}[=31;1u${ESC}[>4;2m${ESC}[?66h${ESC}[?67h${ESC}[2h${ESC}[12l`],
  ["windows", `${ESC}[8;1;1t${ESC}[2t${ESC}[3;0;0t${ESC}[9;1t${ESC}[10;1t${ESC}[5i${ESC}[4i${ESC}[?5i`],
  ["frames and cursors left open", `${ESC}[?2026h${ESC}[?25l${ESC}[6 q${ESC}[1;3r${ESC}[?6h${ESC}[4h${ESC}(0${ESC}[?7l`],
  [
    "huge numbers",
    `${ESC}[1000000000L${ESC}[999999999M${ESC}[999999999S${ESC}[999999999T${ESC}[99999999999999999999b${ESC}[2147483648;2147483648H`,
  ],
  ["endless numbers", `${ESC}[${"1;".repeat(5000)}m${ESC}[${"9".repeat(5000)}A`],
  ["controls of eight bits", Buffer.from([0x9b, 0x32, 0x4a, 0x9d, 0x35, 0x32, 0x3b, 0x63, 0x3b, 0x3f, 0x9c, 0x90, 0x71, 0x9c, 0x85, 0x8d])],
  [
    "controls of eight bits in UTF-8",
    `\u009d52;c;${BASE64}\u009c\u009b?1000h\u0090q#0~\u009c\u0085\u008d\u0098x\u009c\u009ex\u009c\u009fx\u009c`,
  ],
  ["text that turns around", "\u202egnp.txt\u202c \u2066a\u2069 \u200f\u061c\u200e"],
  ["endless marks", `a${"\u0301".repeat(20_000)}`],
  ["broken characters", Buffer.from([0xff, 0xfe, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xf5, 0x80, 0x80, 0x80, 0xe2, 0x28, 0xa1, 0xf0, 0x9f])],
];

/** Strings that never end; what follows them must be seen again after a while. */
export const ENDLESS: readonly (readonly [what: string, begin: string])[] = [
  ["OSC", `${ESC}]0;`],
  ["a clipboard write", `${ESC}]52;c;`],
  ["DCS", `${ESC}P0q`],
  ["APC", `${ESC}_G`],
  ["PM", `${ESC}^`],
  ["SOS", `${ESC}X`],
];
