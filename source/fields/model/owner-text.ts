/** Short texts for processes, and their order. */
import type {Owner} from '../../owners/owner.js';
import {shownName} from '../../owners/process-details.js';
import {cutEnd, textWidth} from '../../text/width.js';
import type {Order, FieldContext} from './field.js';
import {compareText, packText} from './text-order.js';

/** Returns the holders of a socket, or of a socket related to it. */
export type ReadOwners = (context: FieldContext, slot: number) => readonly Owner[];

/** Returns the processes that hold the socket in a slot. */
export const ownersOf: ReadOwners = ({table, owners}, slot) => {
	const set = table.core.owners[slot];
	return set === 0 ? [] : owners.of(set);
};

/** Returns the processes that hold the peer's socket if it is on this machine, also after it has closed. */
export const otherOwnersOf: ReadOwners = ({table, owners}, slot) => {
	const set = table.pairs.farOwners(slot);
	return set === 0 ? [] : owners.of(set);
};

/** Orders by name, then pid. Strings are compared only if their first characters are equal. */
export const orderByOwner = (read: ReadOwners): Order => ({
	key(context, slot) {
		const owner = read(context, slot).at(0);
		return owner === undefined ? NaN : packText(shownName(owner, context.processDetails));
	},
	compare(context, a, b) {
		const ownerA = read(context, a).at(0);
		const ownerB = read(context, b).at(0);
		const nameIn = (owner: Owner | undefined): string => owner === undefined ? '' : shownName(owner, context.processDetails);
		const difference = compareText(nameIn(ownerA), nameIn(ownerB));
		return difference === 0 ? (ownerA?.pid ?? 0) - (ownerB?.pid ?? 0) : difference;
	},
});

/** Formats `nginx/123`, with the number of other processes that hold the socket: `nginx/123 +2`. */
export const shortOwners = (context: FieldContext, owners: readonly Owner[]): string | undefined => {
	const first = owners.at(0);
	if (first === undefined) {
		return undefined;
	}

	const others = owners.length === 1 ? 0 : new Set(owners.map(owner => owner.pid)).size - 1;
	return `${shownName(first, context.processDetails)}/${first.pid}${others === 0 ? '' : ` +${others}`}`;
};

const numberPattern = /\/\d+(?<others> \+\d+)?$/v;

/**
Shortens a process: drops the pid, then the number of other processes. If the name alone is too long, cuts the name and keeps the pid, which identifies the
process.
*/
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

/** Formats the processes of both endpoints: `psql/812 ⇄ postgres/900`. An unknown process is left out. */
export const pairText = (local: string | undefined, peer: string | undefined): string | undefined =>
	peer === undefined ? local : `${local ?? ''}${link}${peer}`.trimStart();

/** Returns name and pid of the local process from a text that `pairText` made; undefined if there is none. */
export const readLocalOwner = (text: string): {readonly name: string; readonly pid: string} | undefined => {
	const [local] = text.split(link, 1);
	const {name, pid} = /^(?<name>.+)\/(?<pid>\d+)(?: \+\d+)?$/sv.exec(local)?.groups ?? {};
	return name === undefined || text.startsWith(link.trimStart()) ? undefined : {name, pid};
};

/** Splits a text at the link; only the first part is returned if there is no link. */
const splitPair = (text: string): readonly [local: string, peer: string | undefined] => {
	const at = text.indexOf(link);
	return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + link.length)];
};

/** Both processes without their pids: `psql ⇄ postgres`. */
export const pairNames = (text: string): string => {
	const [local, peer] = splitPair(text);
	return peer === undefined ? nameOf(local) : nameOf(local) + link + nameOf(peer);
};

/** The process of the socket itself: `psql/812`. */
export const localProcess = (text: string): string => splitPair(text)[0];

/** Shortens a pair of processes: drops both pids, then the peer's process. */
export const shortenPair = (text: string, width: number): string => {
	const [local, peer] = splitPair(text);
	if (peer === undefined || textWidth(text) <= width) {
		return shortenProcess(text, width);
	}

	const names = pairNames(text);
	return textWidth(names) <= width ? names : shortenProcess(local, width);
};
