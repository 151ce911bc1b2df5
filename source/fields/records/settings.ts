import {shutdownMarks, socketOptionNames} from '../../text/socket-words.js';
import type {FieldRecord} from '../model/field.js';
import {readPortAsked} from '../model/chosen-port.js';
import {formatPrefixedHex} from '../model/hexadecimal.js';
import {bitNames, optionalText} from '../model/optional-text.js';
import {optionalField} from '../model/optional-field.js';

const formatPrefixedHexByte = (value: number): string => formatPrefixedHex(value & 0xFF);

/** How a process has set its socket up, TCP and UDP, listeners too. */
export const settingFields: readonly FieldRecord[] = [
	optionalText({
		id: 'shutdown',
		title: 'Open',
		meaning: 'Directions that are open: <-> both, --> only sending, <-- only receiving, --- none.',
		width: {min: 4, max: 4},
		since: '3.8',
		ofListeners: true,
		write: bits => shutdownMarks[bits & 3],
		tone: mark => mark === '<->' ? 'dim' : 'notice',
	}),
	optionalField({
		id: 'v6Only',
		title: 'V6only',
		meaning: 'Is 1 when an IPv6 socket takes no IPv4; told of sockets that listen or are unconnected.',
		unit: 'none',
		ss: 'v6only',
		since: '4.2',
		ofListeners: true,
	}),
	{
		...optionalField({
			id: 'tos',
			title: 'TOS',
			meaning: 'Type of service that packets are sent with: the whole byte of the IPv4 header, DSCP and ECN.',
			unit: 'none',
			ss: 'tos',
			ofListeners: true,
		}),
		format: formatPrefixedHexByte,
	},
	{
		...optionalField({
			id: 'trafficClass',
			title: 'TClass',
			meaning: 'Traffic class that packets are sent with: the whole byte of the IPv6 header.',
			unit: 'none',
			ss: 'tclass',
			aliases: ['tclass'],
			ofListeners: true,
		}),
		format: formatPrefixedHexByte,
	},
	{
		...optionalField({
			id: 'classId',
			title: 'Class',
			meaning: 'Class of net_cls (cgroup v1), or the priority of the socket (SO_PRIORITY) where there is none.',
			unit: 'none',
			ss: 'class_id',
			since: '5.0',
			aliases: ['priority'],
			ofListeners: true,
		}),
		width: {min: 5, max: 10},
		format: formatPrefixedHex,
	},
	{
		...optionalField({
			id: 'mark',
			title: 'Mark',
			meaning: 'Mark that packets are sent with (SO_MARK), by which rules and routes choose; told to who may administer the network (CAP_NET_ADMIN).',
			unit: 'none',
			ss: 'fwmark',
			since: '4.9',
			aliases: ['fwmark'],
			ofListeners: true,
		}),
		width: {min: 5, max: 10},
		format: formatPrefixedHex,
	},
	{
		...optionalField({
			id: 'portAsked',
			title: 'PortAsked',
			meaning: 'Is 1 when a program asked for the local port, 0 when the kernel chose it; absent for the port that a connection has from its listener.',
			unit: 'none',
			ofListeners: true,
		}),
		read: readPortAsked,
	},
	optionalText({
		id: 'socketOptions',
		title: 'Sockopt',
		meaning: `Options of the socket that are set: ${socketOptionNames.join(', ')}.`,
		width: {min: 14, max: 40},
		ss: 'inet-sockopt',
		since: '5.10',
		aliases: ['sockopt', 'inetSockopt'],
		ofListeners: true,
		write: bitNames(socketOptionNames),
	}),
	optionalField({
		id: 'ipProtocol',
		title: 'IPproto',
		meaning: 'Number of the IP protocol of a raw socket, as in /etc/protocols.',
		unit: 'none',
		since: '4.2',
		ofListeners: true,
	}),
];
