import type {Endpoints} from '../table/endpoints.js';
import {findAttribute} from './find-attribute.js';
import type {Views} from './framing.js';
import {Attribute} from './inet-request.js';
import {messageEndpoints} from './message-endpoints.js';

const messageLength = 72;

/** A socket that the kernel has destroyed. Its local port is 0 if it was never bound, its peer port also if the connection was refused. */
export type DestroyEvent = Endpoints & {
	readonly family: number;
	/** IPPROTO number: 6, 17, or 136 if the kernel has UDP-Lite. */
	readonly ipProtocol: number;
	readonly cookieLow: number;
	readonly cookieHigh: number;
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
		...messageEndpoints(bytes, start),
	};
};
