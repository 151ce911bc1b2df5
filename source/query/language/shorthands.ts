import {parsePrefix} from '../../addresses/prefix.js';
import {
	allOf,
	anyOf,
	type Endpoint,
	type Expression,
} from './expression.js';
import {portCondition} from './resolve-numbers.js';

type Network = readonly [address: string, length: number];

/** RFC 1122, 3.2.1.3, and RFC 4291, 2.5.3. */
const loopback: readonly Network[] = [['127.0.0.0', 8], ['::1', 128]];

/** For private use (RFC 1918, RFC 4193), or valid on one link only (RFC 3927; RFC 4291, 2.5.6). */
const privateUse: readonly Network[] = [['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['169.254.0.0', 16], ['fc00::', 7], ['fe80::', 10]];

const within = (end: Endpoint, networks: readonly Network[]): Expression => anyOf(networks.map(([address, length]): Expression => {
	const prefix = parsePrefix(address, length);
	return {kind: 'host', end, host: prefix === undefined ? {} : {prefix}};
}));

/** The peer is in one of these networks, or, without a peer, the local address is. */
const connectsTo = (networks: readonly Network[]): Expression => anyOf([
	within('peer', networks),
	allOf([portCondition('peer', [{from: 0, to: 0}]), within('local', networks)]),
]);

const shorthands = {
	loopback: connectsTo(loopback),
	private: connectsTo(privateUse),
} as const satisfies Readonly<Record<string, Expression>>;

/** The words that stand for a longer expression, with their meanings. */
export const shorthandMeanings: Readonly<Record<keyof typeof shorthands, string>> = {
	loopback: 'Connected to 127.0.0.0/8 or ::1, or bound to it without a peer.',
	private: 'Connected to an address that the Internet does not route, or bound to one without a peer.',
};

/** Returns what a word stands for; undefined for any other word. */
export const findShorthand = (word: string): Expression | undefined => {
	const lower = word.toLowerCase();
	return Object.hasOwn(shorthands, lower) ? shorthands[lower as keyof typeof shorthands] : undefined;
};
