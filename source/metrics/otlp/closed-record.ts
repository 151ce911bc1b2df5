/** A closed connection as a log record of OpenTelemetry. */
import type {FieldContext} from '../../fields/model/field.js';
import {findField} from '../../fields/registry.js';
import {Family} from '../../addresses/family.js';
import {Life} from '../../table/columns/columns.js';
import type {JournalTable} from '../../table/journal-table.js';
import {durationOf, rttOf, type ClosedConnection} from '../closed.js';
import type {NameOfService} from '../roles.js';

/** Attributes by name; unknown ones are left out. */
export type RecordAttributes = Readonly<Record<string, string | number | boolean>>;

export type ClosedRecord = {
	/** Milliseconds since 1970. */
	readonly time: number;
	/** One line of text, for receivers that store only text. */
	readonly body: string;
	readonly attributes: RecordAttributes;
};

/** By this name, receivers tell these records from others. */
export const closedEventName = 'conntop.connection.closed';

/** Names of attributes with their values; `network.*` are from OpenTelemetry's semantic conventions. */
export const recordAttributes: ReadonlyArray<readonly [name: string, meaning: string]> = [
	['network.transport', '`tcp`.'],
	['network.type', '`ipv4` or `ipv6`.'],
	['network.local.address', 'Local address.'],
	['network.local.port', 'Local port.'],
	['network.peer.address', 'Address of the peer.'],
	['network.peer.port', 'Port of the peer.'],
	['conntop.direction', '`inbound`, `outbound` or `unknown`.'],
	['conntop.service.port', 'Port of the service.'],
	['conntop.service.name', 'Name of that port.'],
	['conntop.close.reason', 'Why it closed, in the words of the journal.'],
	['conntop.sent', 'Payload bytes sent, without retransmissions.'],
	['conntop.received', 'Payload bytes received.'],
	['conntop.retransmitted', 'Payload bytes sent again.'],
	['conntop.duration', 'Seconds from when it was first seen until it closed; absent if it is not known.'],
	['conntop.rtt', 'Last smoothed round-trip time, in seconds.'],
	['conntop.short_lived', '`true` if no sample saw the connection.'],
	['conntop.unit', 'Systemd unit.'],
	['conntop.container', 'Container.'],
	['conntop.process', 'Name of the first process that held the socket.'],
	['conntop.namespace', 'Network namespace, with `--all-namespaces`.'],
];

/**
Makes the record of a closed connection.

@param context The field context of the journal.
*/
export const closedRecord = (
	context: FieldContext, entries: JournalTable, {slot, role, unit, container, process, reason}: ClosedConnection, nameOfService: NameOfService,
): ClosedRecord => {
	const {core} = entries;
	const text = (id: string): string => {
		const value = findField(id)?.read(context, slot);
		return typeof value === 'string' ? value : '';
	};

	const duration = durationOf(entries, slot);
	const rtt = rttOf(entries, slot);
	const all: Readonly<Record<string, string | number | boolean | undefined>> = {
		'network.transport': 'tcp',
		'network.type': core.family[slot] === Family.inet6 ? 'ipv6' : 'ipv4',
		'network.local.address': text('localAddress'),
		'network.local.port': core.localPort[slot],
		'network.peer.address': core.peerPort[slot] === 0 ? undefined : text('peerAddress'),
		'network.peer.port': core.peerPort[slot] === 0 ? undefined : core.peerPort[slot],
		'conntop.direction': role.direction,
		'conntop.service.port': role.port === 0 ? undefined : role.port,
		'conntop.service.name': role.port === 0 ? undefined : nameOfService(role.port, 'tcp'),
		'conntop.close.reason': reason,
		'conntop.sent': core.bytesSent[slot],
		'conntop.received': core.bytesReceived[slot],
		'conntop.retransmitted': entries.optional('bytesRetransmitted')?.[slot],
		'conntop.duration': duration === undefined ? undefined : duration / 1000,
		'conntop.rtt': rtt === undefined ? undefined : rtt / 1_000_000,
		'conntop.short_lived': (core.life[slot] & Life.shortLived) !== 0,
		'conntop.unit': unit,
		'conntop.container': container,
		'conntop.process': process,
		'conntop.namespace': text('namespace'),
	};
	const attributes = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string | number | boolean] =>
		entry[1] !== undefined && entry[1] !== '' && !Number.isNaN(entry[1])));
	return {
		time: entries.time[slot],
		body: [`tcp ${role.direction}`, text('local'), text('peer'), reason === '' ? 'closed' : reason].join(' '),
		attributes,
	};
};
