/** Texts of the output of `ss`, which is read as a character for each byte. */
import {Buffer} from 'node:buffer';

/** What the bytes of a text mean as UTF-8. */
export const toText = (bytes: string): string => /[\u{80}-\u{FF}]/v.test(bytes) ? Buffer.from(bytes, 'latin1').toString() : bytes;

/** A character for each byte. */
export const bytesAsText = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
