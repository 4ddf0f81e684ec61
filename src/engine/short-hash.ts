/** Names that are made of other names. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * The first 16 hexadecimal digits of the SHA-256 (FIPS 180-4) of the text in UTF-8. In JavaScript: a path is hashed in a fraction of the
 * milliseconds that loading `node:crypto` takes, and every command waits for that.
 */
export function shortHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16);
}
