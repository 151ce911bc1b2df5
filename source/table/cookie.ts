/**
Identities have 64 bits: the kernel's cookie, or a hash if there is none. The top bit tells them apart: cookies never have it, because the kernel counts them up
from 1.
*/
export const hashBit = 0x80_00_00_00;

/**
Whether the high half of an identity belongs to a cookie. Before Linux 4.2 the "cookie" was the address of the socket in kernel memory, which a later socket may
get again; such addresses have the top bit set.
*/
export const isCookie = (high: number): boolean => (high & hashBit) === 0;
