/** Where an IPv4 address stands in an IPv6 address that it is mapped into (RFC 4291, 2.5.5.2). */
export const mappedOffset = 12;

/** Whether the IPv6 address at `offset` is an IPv4 address mapped into IPv6: ::ffff:0:0/96. */
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
