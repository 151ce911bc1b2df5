/** Spellings of names. */

/** Normalizes a name, so that `Recv-Q`, `recv_q` and `recvQ` are equal. */
export const normalizeName = (name: string): string => name.toLowerCase().replaceAll(/[\-_]/gv, '');

/** Converts a name to the form used in files and options: `freshTime` to `fresh-time`. */
export const kebabCase = (name: string): string => name.replaceAll(/\p{Uppercase_Letter}/gv, letter => `-${letter.toLowerCase()}`);
