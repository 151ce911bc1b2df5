/** Lives as journal entries, so that fields and filters can read them like sockets. Times are milliseconds since 1970. */
import {parseAddress} from '../../addresses/address.js';
import type {FieldContext} from '../../fields/model/field.js';
import type {OwnerSink, OwnerSets} from '../../owners/owner.js';
import {noNames} from '../../sources/names-of.js';
import {closeReasons} from '../../table/close-reasons.js';
import {Life, type OptionalColumn} from '../../table/columns/columns.js';
import {domainFamilies, protocolNames, protocols} from '../../table/columns/protocols.js';
import {stateNames} from '../../table/columns/states.js';
import {Event, JournalTable} from '../../table/journal-table.js';
import {SocketTable} from '../../table/socket-table.js';
import type {RecordedLife} from '../archive/shard-reader.js';

const columns: readonly OptionalColumn[] = ['cgroup', 'cgroupId', 'totalRetransmits'];

const absentCount = 0xFF_FF_FF_FF;

const textIn = (life: RecordedLife, column: string): string => {
	const text = life[column];
	return typeof text === 'string' ? text : '';
};

/** A number of a row, or `absent` for NULL. */
const numberIn = (life: RecordedLife, column: string, absent: number): number => {
	const value = life[column];
	return value === null || value === undefined ? absent : Number(value);
};

/** Index of a name in a list; 0 for an unknown name, which a newer conntop may have written. */
const indexIn = (names: readonly string[], name: string): number => Math.max(0, names.indexOf(name));

/**
@param now Time to which ages refer, in milliseconds since 1970.
@param owners Stores the owner lists.
@returns The context for fields. The slot of an entry is the index of its life.
*/
export const createLivesTable = (lives: readonly RecordedLife[], now: number, owners: OwnerSets & OwnerSink): FieldContext => {
	const entries = new JournalTable(Math.max(1, lives.length));
	entries.setOptionalColumns(columns);
	const scratch = new SocketTable(1);
	scratch.setOptionalColumns(columns);
	scratch.begin(now);
	entries.begin(now);
	const slot = scratch.observe(1, 0);
	const users = new Map<number, string>();
	const namespaces: string[] = [];
	for (const life of lives) {
		fill(scratch, slot, life, owners);
		scratch.core.namespace[slot] = namespaceNumber(namespaces, textIn(life, 'namespace'));
		users.set(numberIn(life, 'uid', absentCount), textIn(life, 'user'));
		const isClosed = life.closed !== null;
		entries.append(scratch, slot, {
			event: isClosed ? Event.closed : Event.opened,
			time: numberIn(life, isClosed ? 'closed' : 'opened', now),
			reason: indexIn(closeReasons, textIn(life, 'reason')),
		});
	}

	return {
		...noNames,
		table: entries,
		entries,
		owners,
		userName(uid) {
			const name = users.get(uid);
			return name === '' ? undefined : name;
		},
		namespace(number) {
			const name = namespaces[number - 1];
			return name === undefined ? undefined : {name, inode: 0};
		},
	};
};

/** Number of a namespace, from 1; 0 for an empty name. */
const namespaceNumber = (namespaces: string[], name: string): number => {
	if (name === '') {
		return 0;
	}

	const index = namespaces.indexOf(name);
	if (index !== -1) {
		return index + 1;
	}

	namespaces.push(name);
	return namespaces.length;
};

const fill = (table: SocketTable, slot: number, life: RecordedLife, owners: OwnerSink): void => {
	const {core} = table;
	const protocol = indexIn(protocolNames, textIn(life, 'protocol'));
	const cookie = typeof life.cookie === 'bigint' ? BigInt.asUintN(64, life.cookie) : 0n;
	core.protocol[slot] = protocol;
	core.state[slot] = indexIn(stateNames, textIn(life, 'state'));
	core.cookieLow[slot] = Number(cookie & 0xFF_FF_FF_FFn);
	core.cookieHigh[slot] = Number(cookie >> 32n);
	core.localPort[slot] = numberIn(life, 'local_port', 0);
	core.peerPort[slot] = numberIn(life, 'peer_port', 0);
	core.uid[slot] = numberIn(life, 'uid', absentCount);
	core.rtt[slot] = numberIn(life, 'rtt', absentCount);
	core.bytesSent[slot] = numberIn(life, 'sent', NaN);
	core.bytesReceived[slot] = numberIn(life, 'received', NaN);
	core.openedAt[slot] = numberIn(life, 'opened', 0);
	core.closedAt[slot] = numberIn(life, 'closed', NaN);
	core.stateSince[slot] = core.openedAt[slot];
	core.life[slot] = Life.used
		| (life.closed === null ? 0 : Life.closed)
		| (numberIn(life, 'is_older', 0) === 0 ? 0 : Life.initial)
		| (numberIn(life, 'is_short', 0) === 0 ? 0 : Life.shortLived);
	core.owners[slot] = life.pid === null || life.pid === undefined ? 0 : owners.intern([{pid: Number(life.pid), name: textIn(life, 'process')}]);
	setEndpoints(table, slot, life);
	const retransmits = table.optional('totalRetransmits');
	const cgroup = table.optional('cgroup');
	if (retransmits === undefined || cgroup === undefined) {
		return;
	}

	retransmits[slot] = numberIn(life, 'retransmits', absentCount);
	cgroup[slot] = table.texts.intern(textIn(life, 'cgroup'));
};

const setEndpoints = ({core, texts}: SocketTable, slot: number, life: RecordedLife): void => {
	const {domain} = protocols[core.protocol[slot]];
	core.localName[slot] = 0;
	core.peerName[slot] = 0;
	core.localAddress.fill(0, slot * 16, (slot + 1) * 16);
	core.peerAddress.fill(0, slot * 16, (slot + 1) * 16);
	if (domain === 'inet' || domain === 'smc') {
		core.family[slot] = parseAddress(textIn(life, 'local'), core.localAddress, slot * 16) ?? 0;
		parseAddress(textIn(life, 'peer'), core.peerAddress, slot * 16);
	} else {
		core.family[slot] = domainFamilies[domain];
		core.localName[slot] = texts.intern(textIn(life, 'local'));
		core.peerName[slot] = texts.intern(textIn(life, 'peer'));
	}
};
