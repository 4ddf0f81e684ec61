/** Figures as people write them: "~4", "26+", "80%+", "6.0x", "50/81 (62%)", "10-100x", "+39,676", "18K+", "~25%*" (T-40, T-41). */

export interface Figure {
  /** The number; the low end of a range, the part of a fraction. */
  readonly value: number;
  /** The high end of a range; else the number itself. */
  readonly high: number;
  readonly qualifier: "exactly" | "about" | "at-least";
  readonly unit: "percent" | "times" | null;
  /** The whole of a fraction: 81 in "50/81". */
  readonly of: number | null;
  /** The bracketed percentage behind a fraction: 62 in "50/81 (62%)". */
  readonly share: number | null;
  /** A trailing star: the text marks it as an estimate. */
  readonly estimated: boolean;
}

const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const FIGURE = new RegExp(
  String.raw`^(~|≈|about\s+|approx\.?\s+|ca\.?\s+|>=|≥|at least\s+)?\s*([+\u2212-])?(${NUMBER})\s*(k)?` +
    String.raw`(?:\s*/\s*(${NUMBER}))?(?:\s*(?:-|–|—|to)\s*(${NUMBER})\s*(k)?)?\s*(%|x|×)?\s*(\+)?(\*)?(?![\w%×])(?:\s*\((\d+(?:\.\d+)?)\s*%\))?`,
  "i",
);

/**
 * Reads the figure that a text begins with; what follows it ("hours", "(blocked)") is not looked at. Null for "-", words
 * and everything else that does not begin with a number.
 */
export function parseFigure(text: string): Figure | null {
  const match = FIGURE.exec(text.trim());
  if (match === null) return null;
  const [, before = "", sign, digits = "", thousands, whole, end, endThousands, unit, plus, star, share] = match;
  const value = number(digits, thousands ?? endThousands) * (sign === "-" || sign === "\u2212" ? -1 : 1);
  return {
    value,
    high: end === undefined ? value : number(end, endThousands),
    qualifier: plus === "+" || /^(?:>=|≥|at least)/i.test(before) ? "at-least" : before === "" ? "exactly" : "about",
    unit: unit === "%" ? "percent" : unit === undefined ? null : "times",
    of: whole === undefined ? null : number(whole, undefined),
    share: share === undefined ? null : Number(share),
    estimated: star === "*",
  };
}

function number(digits: string, thousands: string | undefined): number {
  return Number(digits.replaceAll(",", "")) * (thousands === undefined ? 1 : 1000);
}

/** How far "about" may be off: a tenth, but at least one. */
const ABOUT = 0.1;

/** Whether a count agrees with the figure that states it: "26+" with 30, "~30" with 29, "3-5" with 4, "4" with 4 alone. */
export function agrees(figure: Figure, counted: number): boolean {
  if (figure.qualifier === "at-least") return counted >= figure.value;
  const slack = figure.qualifier === "about" ? Math.max(1, Math.abs(figure.high) * ABOUT) : 0;
  return counted >= figure.value - slack && counted <= figure.high + slack;
}

/** The figure in short: "~4", "26+", "3-5", "50/81". */
export function showFigure({ value, high, qualifier, unit, of }: Figure): string {
  const range = high === value ? `${value}` : `${value}-${high}`;
  const whole = of === null ? "" : `/${of}`;
  const sign = unit === "percent" ? "%" : unit === "times" ? "x" : "";
  return `${qualifier === "about" ? "~" : ""}${range}${whole}${sign}${qualifier === "at-least" ? "+" : ""}`;
}

/** What a problem carries as `stated`: a bare number wherever that says everything. */
export function statedOf(figure: Figure): string | number {
  return figure.qualifier === "exactly" && figure.high === figure.value && figure.of === null ? figure.value : showFigure(figure);
}
