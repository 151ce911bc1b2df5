/** Names that people may spell in more than one way. */

/** `Recv-Q`, `recv_q` and `recvQ` are one name. */
export const normalizeName = (name: string): string => name.toLowerCase().replaceAll(/[\-_]/gv, '');

/** How files and options write a name of the program: `freshTime` as `fresh-time`. */
export const kebabCase = (name: string): string => name.replaceAll(/\p{Uppercase_Letter}/gv, letter => `-${letter.toLowerCase()}`);
