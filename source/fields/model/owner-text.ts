/** Processes in a few characters, and their order. */
import type {Owner} from '../../owners/owner.js';
import {shownName} from '../../owners/process-details.js';
import {cutEnd, textWidth} from '../../text/width.js';
import type {Order, World} from './field.js';
import {compareText, packText} from './text-order.js';

/** Who holds a socket, or some other one that it has to do with. */
export type ReadOwners = (world: World, slot: number) => readonly Owner[];

/** Those who hold the socket of a slot. */
export const ownersOf: ReadOwners = ({table, owners}, slot) => {
	const set = table.core.owners[slot];
	return set === 0 ? [] : owners.of(set);
};

/** Those who hold the other end of its connection, or held it. */
export const otherOwnersOf: ReadOwners = ({table, owners}, slot) => {
	const set = table.pairs.farOwners(slot);
	return set === 0 ? [] : owners.of(set);
};

/** By name, then process. Strings are compared only where their first characters are equal. */
export const orderByOwner = (read: ReadOwners): Order => ({
	key(world, slot) {
		const owner = read(world, slot).at(0);
		return owner === undefined ? NaN : packText(shownName(owner, world.processDetails));
	},
	compare(world, a, b) {
		const ownerA = read(world, a).at(0);
		const ownerB = read(world, b).at(0);
		const nameIn = (owner: Owner | undefined): string => owner === undefined ? '' : shownName(owner, world.processDetails);
		const difference = compareText(nameIn(ownerA), nameIn(ownerB));
		return difference === 0 ? (ownerA?.pid ?? 0) - (ownerB?.pid ?? 0) : difference;
	},
});

/** `nginx/123`, and how many more processes hold the socket: `nginx/123 +2`. */
export const shortOwners = (world: World, owners: readonly Owner[]): string | undefined => {
	const first = owners.at(0);
	if (first === undefined) {
		return undefined;
	}

	const others = new Set(owners.map(owner => owner.pid)).size - 1;
	return `${shownName(first, world.processDetails)}/${first.pid}${others === 0 ? '' : ` +${others}`}`;
};

const numberPattern = /\/\d+(?<others> \+\d+)?$/v;

/** Leaves out the number, then how many others there are. Where the name alone is too wide, it is cut and the number, which tells it from others, stays. */
export const shortenProcess = (text: string, width: number): string => {
	const names = [text, text.replace(numberPattern, '$<others>'), nameOf(text)];
	const name = names.find(shorter => textWidth(shorter) <= width);
	if (name !== undefined) {
		return name;
	}

	const number = numberPattern.exec(text)?.[0] ?? '';
	const forName = width - textWidth(number);
	return forName < 3 ? cutEnd(text, width) : cutEnd(nameOf(text), forName) + number;
};

const nameOf = (text: string): string => text.replace(numberPattern, '');

const link = ' ⇄ ';

/** Both ends of a connection: `psql/812 ⇄ postgres/900`. One that nobody is known for is left out. */
export const pairText = (near: string | undefined, far: string | undefined): string | undefined =>
	far === undefined ? near : `${near ?? ''}${link}${far}`.trimStart();

/** Name and number of the process that holds this end, out of what `pairText` made; undefined where none is known. */
export const readNearOwner = (text: string): {readonly name: string; readonly pid: string} | undefined => {
	const [near] = text.split(link, 1);
	const {name, pid} = /^(?<name>.+)\/(?<pid>\d+)(?: \+\d+)?$/sv.exec(near)?.groups ?? {};
	return name === undefined || text.startsWith(link.trimStart()) ? undefined : {name, pid};
};

/** What stands before and after the link; only the first where there is no link. */
const splitPair = (text: string): readonly [near: string, far: string | undefined] => {
	const at = text.indexOf(link);
	return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + link.length)];
};

/** Both ends without the numbers of their processes: `psql ⇄ postgres`. */
export const pairNames = (text: string): string => {
	const [near, far] = splitPair(text);
	return far === undefined ? nameOf(near) : nameOf(near) + link + nameOf(far);
};

/** The process of this end: `psql/812`. */
export const nearName = (text: string): string => splitPair(text)[0];

/** Leaves out the numbers of the processes of both ends, then the far end. */
export const shortenPair = (text: string, width: number): string => {
	const [near, far] = splitPair(text);
	if (far === undefined || textWidth(text) <= width) {
		return shortenProcess(text, width);
	}

	const names = pairNames(text);
	return textWidth(names) <= width ? names : shortenProcess(near, width);
};
