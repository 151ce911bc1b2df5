/**
Reads a recorded dump, as `ss -D FILE` writes it: the kernel's answers unchanged, netlink messages one after another, for TCP only: those of IPv4, an
NLMSG_DONE, those of IPv6, an NLMSG_DONE.
*/
import {
	createViews,
	MessageType,
	walkMessages,
	type Views,
} from '../../netlink/framing.js';
import {createInetParser, findSlot} from '../../netlink/inet-parser.js';
import {Family} from '../../addresses/family.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {Scope} from '../../table/identified-sockets.js';
import type {SocketTable} from '../../table/socket-table.js';
import {allColumns, createOwnTable, observeAgain} from '../own-table.js';
import {InputError, type SampleRequest, type Source} from '../source.js';
import {systemTime} from '../time.js';
import type {GivenBytes} from './read-input.js';

const everyState = -1;

const scopes: readonly Scope[] = [Family.inet, Family.inet6].map(family => ({protocol: Protocol.tcp, family, states: everyState}));

/** Bytes that were recognized as a dump. */
export type Dump = {
	readonly given: GivenBytes;
	readonly views: Views;
	/** What is wrong with it, in sentences. */
	readonly problems: readonly string[];
};

/**
Checks that bytes are a dump of `ss -D`.

@throws InputError if they are not.
*/
export const checkDump = (given: GivenBytes): Dump => {
	const {content, label} = given;
	const views = createViews(content);
	const unrecognized = (): InputError => new InputError(`${label} is neither a file written by \`ss -D\` nor output of \`ss\``);
	let messages = 0;
	/** Whether the last message ends a table. */
	let isEnded = false;
	const end = (): void => {
		messages++;
		isEnded = true;
	};

	const complete = walkMessages(views, content.byteLength, {
		message(type, start, messageEnd) {
			const family = views.bytes[start];
			const isSocket = type === MessageType.sockDiagByFamily || type === MessageType.getSockCompat;
			if (!isSocket || messageEnd - start < 72 || (family !== Family.inet && family !== Family.inet6)) {
				throw unrecognized();
			}

			messages++;
			isEnded = false;
		},
		done: end,
		error: end,
		interrupted() {
			// A recording cannot be repeated.
		},
	});
	if (messages === 0) {
		throw unrecognized();
	}

	const isCutOff = complete < content.byteLength;
	return {
		given,
		views,
		problems: [
			...(isCutOff ? [`${label} ends in the middle of a message; the sockets before it are shown`] : []),
			...(!isCutOff && !isEnded ? [`${label} lacks the message that ends a complete dump: sockets may be missing`] : []),
		],
	};
};

/** A source for the sockets of a dump. */
export const createDumpSource = (table: SocketTable, {given: {content, file}, views, problems}: Dump): Source => {
	const parser = createInetParser(table, views);
	const forEachAnswer = (answer: (start: number, end: number) => void): void => {
		walkMessages(views, content.byteLength, {
			message(_type, start, end) {
				answer(start, end);
			},
			error() {
				// A recorded error has no sockets.
			},
			done() {
				// The dump holds two tables, one after the other.
			},
			interrupted() {
				// See `checkDump`.
			},
		});
	};

	return {
		// The file says nothing about the machine where it was written, which may be another one.
		facts: {
			title: 'recorded file',
			hostname: undefined,
			kernelRelease: undefined,
			file,
			names: 'none',
			owners: 'none',
			pace: 'source',
			appliesRestriction: false,
			canAct: false,
			whyNotActing: 'sockets from a file cannot be changed',
		},
		time: systemTime,
		sample(_table, {columns}: SampleRequest) {
			parser.prepare(Protocol.tcp, columns);
			forEachAnswer((start, end) => {
				parser.parse(start, end);
			});
			return {complete: scopes, problems};
		},
		examine(slot) {
			const ownTable = createOwnTable();
			const own = observeAgain(table, slot, ownTable, table.now);
			return {
				table: ownTable,
				slot: own,
				read() {
					const ownParser = createInetParser(ownTable, views);
					ownParser.prepare(Protocol.tcp, allColumns);
					forEachAnswer((start, end) => {
						if (findSlot(ownTable, views, start) !== -1) {
							ownParser.parse(start, end);
						}
					});
				},
				close() {
					// Nothing to release.
				},
			};
		},
		close() {
			// Nothing to release.
		},
	};
};
