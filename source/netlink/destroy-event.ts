import {findAttribute} from './find-attribute.js';
import type {Views} from './framing.js';
import {Attribute} from './inet-request.js';

const messageLength = 72;

/** A socket that the kernel has destroyed. */
export type DestroyEvent = {
	readonly family: number;
	/** IPPROTO number: 6, 17, or 136 if the kernel has UDP-Lite. */
	readonly ipProtocol: number;
	readonly cookieLow: number;
	readonly cookieHigh: number;
	/** 0 for a socket that was never bound. */
	readonly localPort: number;
	/** 0 for a refused connection, too. */
	readonly peerPort: number;
	/** Local and peer address, 16 bytes each, in the message itself: valid until the views are overwritten. */
	readonly addresses: Uint8Array;
};

/**
Parses a message of the destroy groups: an inet_diag_msg with the attribute PROTOCOL (`net/ipv4/inet_diag.c`, inet_diag_handler_get_info).

@returns Undefined if the message is too short or has no protocol.
*/
export const readDestroyEvent = (views: Views, start: number, end: number): DestroyEvent | undefined => {
	if (end - start < messageLength) {
		return undefined;
	}

	const attribute = findAttribute(views, start + messageLength, end, Attribute.protocol);
	if (attribute === -1) {
		return undefined;
	}

	const {bytes, words} = views;
	const word = start >> 2;
	return {
		family: bytes[start],
		ipProtocol: bytes[attribute + 4],
		cookieLow: words[word + 11],
		cookieHigh: words[word + 12],
		localPort: (bytes[start + 4] << 8) | bytes[start + 5],
		peerPort: (bytes[start + 6] << 8) | bytes[start + 7],
		addresses: bytes.subarray(start + 8, start + 40),
	};
};
