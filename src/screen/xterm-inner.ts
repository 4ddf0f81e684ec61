/** The inner parts of @xterm/headless 6.0.0 that xterm.ts, xterm-live.ts and links.ts use, as far as they use them. */

export interface InnerExtended {
  readonly _ext?: number;
  readonly ext: number;
  readonly underlineColor: number;
  readonly urlId: number;
}

/** Of the pen, not of a cell. */
export interface InnerAttributes extends InnerExtended {
  ext: number;
  urlId: number;
  clone(): InnerAttributes;
}

/** How the next character will look. */
export interface InnerPen {
  readonly fg: number;
  readonly bg: number;
  extended: InnerAttributes;
  updateExtended(): void;
}

export interface InnerLine {
  readonly _data: Uint32Array;
  readonly _combined: Readonly<Record<number, string>>;
  readonly _extendedAttrs: Record<number, InnerExtended | undefined>;
  isWrapped: boolean;
  readonly length: number;
  clone(): InnerLine;
  setCellFromCodepoint(x: number, codePoint: number, width: number, attributes: InnerPen): void;
}

/** A ring; the oldest line is number 0. */
export interface InnerLines {
  /** May only be set to as many as there are, or more. */
  maxLength: number;
  readonly length: number;
  readonly isFull: boolean;
  get(index: number): InnerLine | undefined;
  splice(start: number, deleteCount: number, ...items: InnerLine[]): void;
  trimStart(count: number): void;
}

/** A line that is followed; -1 when it is gone. */
export interface InnerMarker {
  readonly line: number;
  readonly isDisposed: boolean;
  dispose(): void;
}

export interface InnerBuffer {
  readonly lines: InnerLines;
  readonly scrollTop: number;
  /** Last row of the region that scrolls, from the screen's top. */
  readonly scrollBottom: number;
  /** The cursor, from the screen's upper left; behind the last column when that was just written. */
  x: number;
  y: number;
  /** Lines above the screen, and above what a viewer sees. */
  ybase: number;
  ydisp: number;
  /** The saved cursor's row, from the oldest line. */
  savedY: number;
  addMarker(line: number): InnerMarker;
}

export interface InnerCore {
  readonly _writeBuffer?: { writeSync?(data: Uint8Array): void; _isSyncWriting: boolean; _syncCalls: number };
  readonly _inputHandler: {
    readonly _parser: {
      /** What the last character was for the joining of the next; 0 after anything but a character. */
      precedingJoinState: number;
      reset(): void;
      setPrintHandler(handler: (data: Uint32Array, start: number, end: number) => void): void;
    };
    readonly _curAttrData: InnerPen;
    readonly _activeBuffer: InnerBuffer;
    /** The look of cells that are erased at the moment. */
    _eraseAttrData(): unknown;
    print(data: Uint32Array, start: number, end: number): void;
    eraseInDisplay(params: { readonly params: readonly number[]; readonly length: number }, respectProtect: boolean): boolean;
  };
  readonly _bufferService: {
    readonly buffers: { readonly normal: InnerBuffer; readonly active: InnerBuffer };
    readonly cols: number;
    readonly rows: number;
    scroll(eraseAttributes: unknown, isWrapped?: boolean): void;
  };
  /** Undefined for ASCII as it is. */
  readonly _charsetService: { readonly charset: unknown };
  readonly optionsService: { readonly rawOptions: { scrollback: number } };
  readonly buffer: InnerBuffer;
  readonly coreService: {
    readonly isCursorHidden: boolean;
    readonly decPrivateModes: {
      readonly cursorStyle?: "block" | "underline" | "bar";
      readonly cursorBlink?: boolean;
      readonly wraparound: boolean;
    };
    readonly modes: { readonly insertMode: boolean };
  };
  readonly coreMouseService: { readonly activeEncoding: string };
}
