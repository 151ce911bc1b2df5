/**
The process column: `users:(("nginx",pid=812,fd=6),("nginx",pid=811,fd=6))`.

Names are what the processes call themselves. Only 7.0 and newer escape them: quotes, parentheses, newlines and whole imitations of an entry are
possible, so that the end of a name is not the next quote.
*/
import {Buffer} from 'node:buffer';
import type {Owner} from '../../owners/owner.js';
import {
	codeAt,
	comma,
	endOfDigits,
	isDigit,
	readNumber,
} from './scan.js';

/** The text ends before the clause does: more of it is needed. */
export const needsMore = -1;

const afterName = '",pid=';
/** Bytes of a process's name (TASK_COMM_LEN less its NUL). */
const nameLimit = 15;
/** Characters of a name with every byte escaped (`\012`). */
const escapedNameLimit = 4 * nameLimit;
/** Characters that settle where a name ends: the longest name and its `",pid=…,tid=…,fd=…)`. */
const lookAhead = 128;
const quote = 0x22;
const closingParenthesis = 0x29;

/** Position after the digits that follow `word`, or -1. */
const endOfMember = (text: string, word: string, at: number): number => !text.startsWith(word, at) || !isDigit(codeAt(text, at + word.length)) ? -1 : endOfDigits(text, at + word.length);

/** Position after an entry whose name ends at `at`, or -1 when no name ends there. */
const endOfEntry = (text: string, at: number): number => {
	at = endOfMember(text, afterName, at);
	if (at === -1) {
		return -1;
	}

	const afterThread = endOfMember(text, ',tid=', at);
	at = endOfMember(text, ',fd=', afterThread === -1 ? at : afterThread);
	if (at === -1 || codeAt(text, at) !== closingParenthesis) {
		return -1;
	}

	at++;
	return codeAt(text, at) === closingParenthesis || text.startsWith(',("', at) ? at : -1;
};

/**
Where the name that starts at `start` ends, or -1. A name is 15 bytes at most, and what follows it up to the end of another name is longer: so the last
end among the first 16 places is the true one, whatever the name imitates. Escaped names can be longer; they cannot imitate.
*/
const endOfName = (text: string, start: number): number => {
	let found = -1;
	for (let at = start; at <= start + escapedNameLimit; at++) {
		if (codeAt(text, at) === quote && endOfEntry(text, at) !== -1) {
			if (at > start + nameLimit) {
				return found === -1 ? at : found;
			}

			found = at;
		}
	}

	return found;
};

/**
Position after the clause that starts at `at`, or `needsMore`. A clause that is damaged, or cut off as `ss` does at 64 KiB, ends where it stops to make
sense.

@param text
@param at Where `((` stands.
@param isWhole Whether the text is all there is.
*/
export const endOfUsers = (text: string, at: number, isWhole: boolean): number => {
	at++;
	for (;;) {
		const nameStart = at + 2;
		if (!isWhole && text.length < nameStart + lookAhead) {
			return needsMore;
		}

		if (!text.startsWith('("', at)) {
			return at;
		}

		const nameEnd = endOfName(text, nameStart);
		if (nameEnd === -1) {
			return at;
		}

		at = endOfEntry(text, nameEnd);
		if (codeAt(text, at) !== comma) {
			return at + 1;
		}

		at++;
	}
};

/** The owners in the clause between two positions, in its order. */
export const readUsers = (text: string, at: number, end: number): Owner[] => {
	const owners: Owner[] = [];
	at++;
	while (at < end && text.startsWith('("', at)) {
		const nameEnd = endOfName(text, at + 2);
		if (nameEnd === -1) {
			break;
		}

		const entryEnd = endOfEntry(text, nameEnd);
		const name = text.slice(at + 2, nameEnd);
		const fd = text.lastIndexOf('=', entryEnd) + 1;
		owners.push({pid: readNumber(text, nameEnd + afterName.length), name: decodeName(name), fd: readNumber(text, fd)});
		at = entryEnd + 1;
	}

	return owners;
};

/** Names are UTF-8 as a rule. */
const decodeName = (name: string): string => /[\u{80}-\u{FF}]/v.test(name) ? Buffer.from(name, 'latin1').toString() : name;
