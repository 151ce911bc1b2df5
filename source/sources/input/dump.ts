/**
A recorded dump: what `ss -D FILE` writes. It is the kernel's answers as they came, netlink messages one after another, TCP only: those of IPv4, an
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
import type {Scope, SocketTable} from '../../table/socket-table.js';
import {allColumns, createOwnTable, observeAgain} from '../own-table.js';
import {InputError, type SampleRequest, type Source} from '../source.js';
import {systemTime} from '../time.js';
import type {GivenBytes} from './read-input.js';

const everyState = -1;

const scopes: readonly Scope[] = [Family.inet, Family.inet6].map(family => ({protocol: Protocol.tcp, family, states: everyState}));

/** Bytes that were found to be a dump. */
export type Dump = {
	readonly given: GivenBytes;
	readonly views: Views;
	/** What is wrong with it, in sentences. */
	readonly problems: readonly string[];
};

/**
Checks that bytes are what `ss -D` writes.

@throws InputError when they are something else.
*/
export const checkDump = (given: GivenBytes): Dump => {
	const {content, label} = given;
	const views = createViews(content);
	const foreign = (): InputError => new InputError(`${label} is neither a file that \`ss -D\` wrote nor text of \`ss\``);
	let messages = 0;
	/** Whether the last message ends a table. */
	let isEnded = false;
	const end = (): void => {
		messages++;
		isEnded = true;
	};

	const whole = walkMessages(views, content.byteLength, {
		message(type, start, messageEnd) {
			const family = views.bytes[start];
			const isSocket = type === MessageType.sockDiagByFamily || type === MessageType.getSockCompat;
			if (!isSocket || messageEnd - start < 72 || (family !== Family.inet && family !== Family.inet6)) {
				throw foreign();
			}

			messages++;
			isEnded = false;
		},
		done: end,
		error: end,
		interrupted() {
			// The recording is what it is.
		},
	});
	if (messages === 0) {
		throw foreign();
	}

	const isCutOff = whole < content.byteLength;
	return {
		given,
		views,
		problems: [
			...(isCutOff ? [`${label} ends in the middle of a message; the sockets before it are shown`] : []),
			...(!isCutOff && !isEnded ? [`${label} has no message at its end that says it is complete: sockets may be missing`] : []),
		],
	};
};

/** The sockets of a dump. */
export const createDumpSource = (table: SocketTable, {given: {content, file}, views, problems}: Dump): Source => {
	const parser = createInetParser(table, views);
	const forEachAnswer = (answer: (start: number, end: number) => void): void => {
		walkMessages(views, content.byteLength, {
			message(_type, start, end) {
				answer(start, end);
			},
			error() {
				// A recorded refusal has no sockets.
			},
			done() {
				// Two tables, one after the other.
			},
			interrupted() {
				// See above.
			},
		});
	};

	return {
		// The file says nothing of the machine where it was written, which may be another one.
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
			whyNotActing: 'the sockets of a file cannot be acted on',
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
					// Nothing is held.
				},
			};
		},
		close() {
			// Nothing is held.
		},
	};
};
