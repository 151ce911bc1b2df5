/** Texts from the output of `ss`, which is read as one character per byte. */
import {Buffer} from 'node:buffer';

/** Decodes the bytes of such a text as UTF-8. */
export const toText = (bytes: string): string => /[\u{80}-\u{FF}]/v.test(bytes) ? Buffer.from(bytes, 'latin1').toString() : bytes;

/** Decodes bytes as one character each. */
export const bytesAsText = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
