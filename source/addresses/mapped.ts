/** Byte offset of the IPv4 address within an IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2). */
export const mappedOffset = 12;

/** Whether the IPv6 address at `offset` is IPv4-mapped: in ::ffff:0:0/96. */
export const isMapped = (bytes: Uint8Array, offset: number): boolean => {
	if (bytes[offset + 11] !== 0xFF || bytes[offset + 10] !== 0xFF) {
		return false;
	}

	for (let index = 0; index < 10; index++) {
		if (bytes[offset + index] !== 0) {
			return false;
		}
	}

	return true;
};
