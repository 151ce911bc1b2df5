import {Family} from './family.js';
import {isMapped, mappedOffset} from './mapped.js';

const isOpenIpv4 = (bytes: Uint8Array, offset: number): boolean => {
	const first = bytes[offset];
	const second = bytes[offset + 1];
	return first !== 127 && first !== 10 && !(first === 172 && second >= 16 && second < 32) && !(first === 192 && second === 168)
		&& !(first === 169 && second === 254) && !(first === 100 && second >= 64 && second < 128);
};

/**
Whether others than this machine and its private networks can reach a socket that is bound to an address: the wildcard, and public addresses. Not so of loopback (RFC 1122,
RFC 4291), private (RFC 1918, RFC 4193), shared (RFC 6598) and link-local addresses (RFC 3927, RFC 4291).

@param bytes The address at `offset`, in network order.
@param family Any but `Family.inet6` is read as IPv4.
*/
export const isOpenAddress = (bytes: Uint8Array, offset: number, family: number): boolean => {
	if (family !== Family.inet6) {
		return isOpenIpv4(bytes, offset);
	}

	if (isMapped(bytes, offset)) {
		return isOpenIpv4(bytes, offset + mappedOffset);
	}

	const isLoopback = bytes[offset + 15] === 1 && bytes.subarray(offset, offset + 15).every(byte => byte === 0);
	const isLinkLocal = bytes[offset] === 0xFE && (bytes[offset + 1] & 0xC0) === 0x80;
	return !isLoopback && !isLinkLocal && (bytes[offset] & 0xFE) !== 0xFC;
};
