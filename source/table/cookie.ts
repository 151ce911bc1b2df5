/**
Identities are 64 bits: the kernel's cookie, or a hash where there is none. The topmost bit tells them apart: no cookie has it, because the kernel counts
them up from 1.
*/
export const hashBit = 0x80_00_00_00;

/**
Whether the high half of an identity is that of a cookie. Before Linux 4.2 the "cookie" was the socket's address in the kernel, which the next socket gets
again; addresses have the topmost bit set.
*/
export const isCookie = (high: number): boolean => (high & hashBit) === 0;
