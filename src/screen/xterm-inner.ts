/** The inner parts of @xterm/headless 6.0.0 that xterm.ts and links.ts use, as far as they use them. */

export interface InnerExtended {
  readonly _ext?: number;
  readonly ext: number;
  readonly underlineColor: number;
  readonly urlId: number;
}

/** Of the pen, not of a cell. */
export interface InnerAttributes {
  urlId: number;
  clone(): InnerAttributes;
}

export interface InnerLine {
  readonly _data: Uint32Array;
  readonly _combined: Readonly<Record<number, string>>;
  readonly _extendedAttrs: Readonly<Record<number, InnerExtended | undefined>>;
  readonly isWrapped: boolean;
  readonly length: number;
}

export interface InnerCore {
  readonly _writeBuffer?: { writeSync?(data: Uint8Array): void; _isSyncWriting: boolean; _syncCalls: number };
  readonly _inputHandler: {
    readonly _parser: { reset(): void };
    readonly _curAttrData: { extended: InnerAttributes; updateExtended(): void };
    eraseInDisplay(params: { readonly params: readonly number[]; readonly length: number }, respectProtect: boolean): boolean;
  };
  readonly buffer: { readonly lines: { get(index: number): InnerLine | undefined } };
  readonly coreService: {
    readonly isCursorHidden: boolean;
    readonly decPrivateModes: { readonly cursorStyle?: "block" | "underline" | "bar"; readonly cursorBlink?: boolean };
  };
  readonly coreMouseService: { readonly activeEncoding: string };
}
