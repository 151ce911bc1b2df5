import {Family} from '../table/protocols.js';
import {isMapped, mappedOffset} from './mapped.js';

/** 1 for the octets whose decimal text is so. */
const octetsThat = (isWanted: (text: string) => boolean): Uint8Array => Uint8Array.from({length: 256}, (_, octet) => isWanted(String(octet)) ? 1 : 0);

/**
Whether the text of an IPv4 address has a part, told from its bytes: writing out 100,000 addresses would take longer than a key may.

@param part Digits and dots.
*/
export const containsInIpv4 = (part: string): ((bytes: Uint8Array, offset: number) => boolean) => {
	const texts = part.split('.');
	const dots = texts.length - 1;
	if (dots === 0) {
		const within = octetsThat(text => text.includes(part));
		return (bytes, offset) => (within[bytes[offset]] | within[bytes[offset + 1]] | within[bytes[offset + 2]] | within[bytes[offset + 3]]) === 1;
	}

	// What stands before the first dot ends an octet, what stands after the last one begins another, and between are whole ones.
	const tables = texts.map((wanted, index) => octetsThat(text =>
		index === 0 ? text.endsWith(wanted) : (index === dots ? text.startsWith(wanted) : text === wanted)));
	return (bytes, offset) => {
		for (let first = 0; first + dots < 4; first++) {
			let index = 0;
			while (index <= dots && tables[index][bytes[offset + first + index]] === 1) {
				index++;
			}

			if (index > dots) {
				return true;
			}
		}

		return false;
	};
};

const digitsAndDots = /^[\d.]*$/v;

/**
Whether the text of an address, as `formatAddress` writes it, has a part. Undefined where only the text can tell: for most IPv6 addresses.
*/
export const findInAddress = (part: string): ((bytes: Uint8Array, offset: number, family: number) => boolean | undefined) => {
	const inIpv4 = digitsAndDots.test(part) ? containsInIpv4(part) : undefined;
	const hasDot = part.includes('.');
	return (bytes, offset, family) => {
		if (family !== Family.inet6) {
			return inIpv4?.(bytes, offset) ?? false;
		}

		// Only these have dots, and digits in nothing but their IPv4 part.
		if ((hasDot || inIpv4 !== undefined) && isMapped(bytes, offset)) {
			return inIpv4?.(bytes, offset + mappedOffset);
		}

		return hasDot ? false : undefined;
	};
};
