/**
Parses the process column: `users:(("nginx",pid=812,fd=6),("nginx",pid=811,fd=6))`.

Processes choose their names. Only 7.0 and newer escape them: names may contain quotes, parentheses, newlines and whole imitations of an entry, so the next
quote is not necessarily the end of a name.
*/
import type {Owner} from '../../owners/owner.js';
import {toText} from './text.js';

/** Returned if the text ends before the clause does. */
export const needsMore = -1;

/** Maximum length of a process name in bytes (TASK_COMM_LEN minus its NUL). */
const nameLimit = 15;
/** Maximum length of a name with every byte escaped (`\012`). */
const escapedNameLimit = 4 * nameLimit;
/** Number of characters needed to find the end of a name: the longest name and its `",pid=…,tid=…,fd=…)`. */
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
The entry whose name starts at a position. A name has at most 15 bytes, and what follows it is longer than that up to the end of another name: so the last
possible end among the first 16 positions is the right one, whatever the name imitates. Escaped names can be longer, but cannot imitate an entry.
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
Finds the position after the clause that starts at `at`, where its `((` is, or returns `needsMore`. A clause that is damaged, or truncated (`ss` does that at 64
KiB), ends after its last complete entry.

@param isComplete Whether no more text follows.
*/
export const endOfUsers = (text: string, at: number, isComplete: boolean): number => {
	at++;
	for (;;) {
		if (!isComplete && text.length < at + 2 + lookAhead) {
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

/** The owners in the clause between two positions, in order. */
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
