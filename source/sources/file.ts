/**
A recorded dump: what `ss -D FILE` writes. It is the kernel's answers as they came, netlink messages one after another, TCP only: those of IPv4, an
NLMSG_DONE, those of IPv6, an NLMSG_DONE.
*/
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {createViews, MessageType, walkMessages} from '../netlink/framing.js';
import {createInetParser, findSlot} from '../netlink/inet-parser.js';
import {Family} from '../addresses/family.js';
import {Protocol} from '../table/protocols.js';
import type {Scope, SocketTable} from '../table/socket-table.js';
import {allColumns, createOwnTable, observeAgain} from './own-table.js';
import {InputError, type SampleRequest, type Source} from './source.js';
import {systemTime} from './time.js';

const everyState = -1;

const scopes: readonly Scope[] = [Family.inet, Family.inet6].map(family => ({protocol: Protocol.tcp, family, states: everyState}));

/**
Opens a file that `ss -D` wrote. `readFile` is passed in by tests.

@throws InputError when it cannot be read or is something else.
*/
export const createFileSource = (
	table: SocketTable, file: string, readFile: (file: string) => Uint8Array = readFileSync,
): Source => {
	const content = readOrRefuse(file, readFile);
	const views = createViews(content);
	const foreign = (): InputError => new InputError(`${file} is not a file that \`ss -D\` wrote`);
	let answers = 0;
	let ends = 0;
	const whole = walkMessages(views, content.byteLength, {
		message(type, start, end) {
			const family = views.bytes[start];
			const isSocket = type === MessageType.sockDiagByFamily || type === MessageType.getSockCompat;
			if (!isSocket || end - start < 72 || (family !== Family.inet && family !== Family.inet6)) {
				throw foreign();
			}

			answers++;
		},
		done() {
			ends++;
		},
		error() {
			ends++;
		},
		interrupted() {
			// The recording is what it is.
		},
	});
	if (answers + ends === 0) {
		throw foreign();
	}

	const problems = whole < content.byteLength || ends === 0 ? [`${file} ends in the middle of a message; the rest is shown`] : [];
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
			file: path.basename(file),
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

const readOrRefuse = (file: string, readFile: (file: string) => Uint8Array): Uint8Array => {
	try {
		return readFile(file);
	} catch (error) {
		const reason = String(error instanceof Error && 'code' in error ? error.code : error);
		const words: Readonly<Record<string, string>> = {ENOENT: 'there is no such file', EACCES: 'permission denied', EISDIR: 'it is a directory'};
		throw new InputError(`cannot read ${file}: ${words[reason] ?? reason}`);
	}
};
