/**
The process column: `users:(("nginx",pid=812,fd=6),("nginx",pid=811,fd=6))`.

Names are what the processes call themselves. Only 7.0 and newer escape them: quotes, parentheses, newlines and whole imitations of an entry are
possible, so that the end of a name is not the next quote.
*/
import type {Owner} from '../../owners/owner.js';
import {toText} from './text.js';

/** The text ends before the clause does: more of it is needed. */
export const needsMore = -1;

/** Bytes of a process's name (TASK_COMM_LEN less its NUL). */
const nameLimit = 15;
/** Characters of a name with every byte escaped (`\012`). */
const escapedNameLimit = 4 * nameLimit;
/** Characters that decide where a name ends: the longest name and its `",pid=…,tid=…,fd=…)`. */
const lookAhead = 128;

/** What follows a name, up to the next entry or the end of the clause. `-T` adds the thread, `-Z` the security contexts. */
const afterName = /",pid=(?<pid>\d+)(?:,tid=\d+)?(?:,proc_ctx=[^\s"]*?)?,fd=(?<fd>\d+)(?:,sock_ctx=[^\s"]*?)?\)(?=\)|,\("|,?$)/vy;

type Entry = {readonly nameEnd: number; readonly pid: number; readonly fd: number; readonly end: number};

const entryWithNameTo = (text: string, nameEnd: number): Entry | undefined => {
	afterName.lastIndex = nameEnd;
	const groups = afterName.exec(text)?.groups;
	return groups === undefined
		? undefined
		: {
			nameEnd, pid: Number(groups.pid), fd: Number(groups.fd), end: afterName.lastIndex,
		};
};

/**
The entry whose name starts at a position. A name is 15 bytes at most, and what follows it up to the end of another name is longer: so the last end
among the first 16 positions is the true one, whatever the name imitates. Escaped names can be longer; they cannot imitate.
*/
const readEntry = (text: string, nameStart: number): Entry | undefined => {
	let found: Entry | undefined;
	for (let quote = text.indexOf('"', nameStart); quote !== -1 && quote <= nameStart + escapedNameLimit; quote = text.indexOf('"', quote + 1)) {
		if (quote > nameStart + nameLimit && found !== undefined) {
			break;
		}

		found = entryWithNameTo(text, quote) ?? found;
	}

	return found;
};

/**
Position after the clause that starts at `at`, where its `((` is, or `needsMore`. A clause that is damaged, or cut off as `ss` does at 64 KiB, ends
after its last whole entry. `isWhole` is whether the text is all there is.
*/
export const endOfUsers = (text: string, at: number, isWhole: boolean): number => {
	at++;
	for (;;) {
		if (!isWhole && text.length < at + 2 + lookAhead) {
			return needsMore;
		}

		const entry = text.startsWith('("', at) ? readEntry(text, at + 2) : undefined;
		if (entry === undefined) {
			return at;
		}

		at = entry.end + 1;
		if (text[entry.end] !== ',') {
			return at;
		}
	}
};

/** The owners in the clause between two positions, in its order. */
export const readUsers = (text: string, at = 0, end = text.length): Owner[] => {
	const owners: Owner[] = [];
	at++;
	while (at < end && text.startsWith('("', at)) {
		const entry = readEntry(text, at + 2);
		if (entry === undefined) {
			break;
		}

		const {nameEnd, pid, fd} = entry;
		owners.push({pid, name: toText(text.slice(at + 2, nameEnd)), fd});
		at = entry.end + 1;
	}

	return owners;
};
