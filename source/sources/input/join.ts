/** Joins the lines of a row: `ss` itself puts details on lines of their own, and terminals and mailers wrap long lines, anywhere or at blanks. */
import {readInetEndpoint} from '../ss/inet-endpoint.js';
import {maxRowLength, parseRow, protocolOfNetid} from '../ss/rows.js';
import {allWords} from '../ss/words.js';
import {protocols} from '../../table/columns/protocols.js';
import type {RowStart} from './lines.js';

/** Words that are parsed elsewhere, or not at all. */
const otherWords = [
	'users', 'timer', 'uid', 'ino', 'sk', 'fwmark', 'cgroup', 'v6only', 'dev', 'ver', 'cpy_thresh', 'send', 'fackets', 'unres_sack', 'md5keys', 'opt', 'cubic', 'bbr', 'reno', 'tfo_child',
];

const keys: ReadonlySet<string> = new Set([...allWords(Infinity).map(({key}) => key), ...otherWords]);

/** The start of a part of a row that `ss` may put on a line of its own. */
const partStart = /^(?:users:\(\(|timer:\(|skmem:\(|mem:\(|uid:\d|ino:\d|sk[:=]|fwmark:|cgroup:|v6only:|peers:|<->|-->|<--|---)/v;

const shutdownMark = /^(?:<->|-->|<--|---)$/v;

/** Words whose value follows after a blank. */
const valueFollows: ReadonlySet<string> = new Set(['send', 'pacing_rate', 'delivery_rate', 'version:', 'cipher:', 'txconf:', 'rxconf:']);

const isKeyed = (token: string): boolean => /[\(:]/v.test(token) && keys.has(token.split(/[\(:]/v, 1)[0]);

const isWord = (token: string): boolean => isKeyed(token) || keys.has(token) || partStart.test(token) || token.startsWith('tcp-ulp-');

/** Whether a line has a word of details that is not an English word. */
export const hasDetails = (line: string): boolean =>
	line.trim().split(/\s+/v).some(token => isKeyed(token) || partStart.test(token) || token.startsWith('tcp-ulp-') || (token.includes('_') && keys.has(token)));

const isEndpointLike = (token: string): boolean => token === '*' || token === '-' || /^[^\s:]*:\S+$/v.test(token);

const queues = /^-?\d+\s+-?\d+$/v;
const queuesAndEndpoints = /^-?\d+\s+-?\d+\s+(?<local>\S+)\s+(?<peer>\S+)/v;

/** Whether a row has all required parts. Only details may follow then. */
const hasRequiredParts = ({netid, state = 'UNKNOWN', rest}: RowStart): boolean => {
	const protocol = netid === undefined ? undefined : protocolOfNetid(netid);
	if (protocol !== undefined && protocols[protocol].domain === 'unix') {
		return parseRow(`${netid} ${state} ${rest}`) !== undefined;
	}

	const {local, peer} = queuesAndEndpoints.exec(rest)?.groups ?? {};
	return local !== undefined && isEndpointLike(local) && isEndpointLike(peer);
};

/** The last word of a text; empty if the text ends with a blank. */
export const lastWord = (text: string): string => text.slice(Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'), text.lastIndexOf('\n')) + 1);

const isInList = (text: string): boolean => text.lastIndexOf('(') > text.lastIndexOf(')');

/** What to insert between a text and its next line, outside of names and of the process column. `isComplete` is whether the text has both endpoints. */
const joinerOf = (text: string, line: string, isComplete: boolean): '' | ' ' => {
	const last = lastWord(text);
	const [first] = line.split(/\s/v, 1);
	// A key or a list that was cut in two.
	if ((!last.includes(':') && isKeyed(last + first)) || isInList(last)) {
		return '';
	}

	const isBetweenWords = isWord(first) || keys.has(last) || valueFollows.has(last) || (last.endsWith(')') && !first.startsWith('/')) || shutdownMark.test(last);
	const isBetweenEndpoints = !isComplete && isEndpointLike(first)
		&& (queues.test(text) || (isEndpointLike(last) && readInetEndpoint(last + first, new Uint8Array(16)) === undefined));
	return isBetweenWords || isBetweenEndpoints ? ' ' : '';
};

/** Number of characters at the end of a row that decide how its next line is joined. */
const tailLength = 256;

/** Limits on the lines and characters within which a row must have its required parts. */
const maxIncomplete = {lines: 108, characters: 4096};

/** A row to which lines can be added. */
export type OpenRow = {
	/**
	Adds a line if it belongs to this row. `isCut` is whether the previous line had the maximum length of the text, so it may have been cut anywhere.

	@returns Whether the line was added.
	*/
	readonly hasTaken: (line: string, isCut: boolean) => boolean;
	/** Returns the row with all its lines. */
	readonly close: () => RowStart;
};

/** Whether a line may be part of details: a cut word, or a text with the punctuation of numbers and lists. */
const isPiece = (line: string): boolean => /[\(\),:=]/v.test(line) || line.trim().split(/\s+/v, 3).length <= 2;

/** Padding that a terminal wrapped to a line of its own, or details of `ss`. */
const indented = /^(?:\t| {8})/v;

export const openRow = (start: RowStart): OpenRow => {
	const protocol = protocolOfNetid(start.netid ?? '');
	const isUnix = protocol !== undefined && protocols[protocol].domain === 'unix';
	const pieces: string[] = [];
	let tail = '';
	let length = 0;
	let isComplete = false;
	/** Number of quotation marks in the process column so far; undefined outside of it. */
	let quotes: number | undefined;
	let isPastUsers = false;

	const joined = (): RowStart => ({...start, rest: pieces.join('')});

	const add = (piece: string): void => {
		pieces.push(piece);
		length += piece.length;
		const seen = tail + piece;
		tail = seen.slice(-tailLength);
		isComplete ||= hasRequiredParts(joined());
		const usersAt = seen.lastIndexOf('users:((');
		if (isPastUsers || (quotes === undefined && usersAt === -1)) {
			return;
		}

		quotes = (quotes ?? 0) + piece.split('"').length - 1;
		// The last quotation mark ends a name, and the list ends after the numbers that follow it.
		if (!seen.includes('))', Math.max(usersAt + 8, seen.lastIndexOf('"')))) {
			return;
		}

		quotes = undefined;
		isPastUsers = true;
	};

	/** What to insert between the row so far and its next line. */
	const joinerFor = (line: string, isCut: boolean): '' | ' ' | '\n' => {
		if (isUnix && !isComplete) {
			// The name of a UNIX socket may contain newlines.
			return isCut ? '' : '\n';
		}

		if (/\s$/v.test(tail) || /^\s/v.test(line)) {
			return '';
		}

		if (quotes !== undefined) {
			// Lines that end before they are full were wrapped at a blank.
			return quotes % 2 === 1 && !isCut ? ' ' : '';
		}

		return joinerOf(tail, line, isComplete);
	};

	add(start.rest);
	return {
		hasTaken(line, isCut) {
			const isOfRow = isComplete
				? length < maxRowLength && ((isCut && isPiece(line)) || quotes !== undefined || isInList(tail) || indented.test(line) || hasDetails(line))
				: pieces.length < maxIncomplete.lines && length < maxIncomplete.characters;
			if (isOfRow) {
				add(joinerFor(line, isCut) + (isUnix && !isComplete ? line : line.replaceAll('\t', ' ')));
			}

			return isOfRow;
		},
		close: joined,
	};
};
