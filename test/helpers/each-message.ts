import {walkMessages, type Views} from '../../source/netlink/framing.js';

/** Hands on the messages of a recorded answer, of so many bytes, which neither fails nor ends here. */
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
