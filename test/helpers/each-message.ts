import {walkMessages, type Views} from '../../source/netlink/framing.js';

/** Calls back for each message of a recorded answer of `length` bytes. Ignores errors and NLMSG_DONE. */
export const eachMessage = (views: Views, length: number, take: (start: number, end: number) => void): void => {
	const ignore = (): void => undefined;
	walkMessages(views, length, {
		message(_type, start, end) {
			take(start, end);
		},
		error: ignore,
		done: ignore,
		interrupted: ignore,
	});
};
