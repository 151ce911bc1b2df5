import {shutdownMarks, socketOptionNames} from '../../text/socket-words.js';
import type {FieldRecord} from '../model/field.js';
import {readPortAsked} from '../model/chosen-port.js';
import {formatPrefixedHex} from '../model/hexadecimal.js';
import {bitNames, optionalText} from '../model/optional-text.js';
import {optionalField} from '../model/optional-field.js';

const formatPrefixedHexByte = (value: number): string => formatPrefixedHex(value & 0xFF);

/** Socket options. TCP and UDP sockets have them, listeners too. */
export const settingFields: readonly FieldRecord[] = [
	optionalText({
		id: 'shutdown',
		title: 'Open',
		meaning: 'Open directions: <-> both, --> only sending, <-- only receiving, --- none.',
		width: {min: 4, max: 4},
		since: '3.8',
		isForListeners: true,
		write: bits => shutdownMarks[bits & 3],
		tone: mark => mark === '<->' ? 'dim' : 'notice',
	}),
	optionalField({
		id: 'v6Only',
		title: 'V6only',
		meaning: '1 if an IPv6 socket does not accept IPv4; reported for listening and unconnected sockets.',
		unit: 'none',
		ss: 'v6only',
		since: '4.2',
		isForListeners: true,
	}),
	{
		...optionalField({
			id: 'tos',
			title: 'TOS',
			meaning: 'Type of service of sent packets: the whole byte of the IPv4 header, DSCP and ECN.',
			unit: 'none',
			ss: 'tos',
			isForListeners: true,
		}),
		format: formatPrefixedHexByte,
	},
	{
		...optionalField({
			id: 'trafficClass',
			title: 'TClass',
			meaning: 'Traffic class of sent packets: the whole byte of the IPv6 header.',
			unit: 'none',
			ss: 'tclass',
			aliases: ['tclass'],
			isForListeners: true,
		}),
		format: formatPrefixedHexByte,
	},
	{
		...optionalField({
			id: 'classId',
			title: 'Class',
			meaning: 'Class of net_cls (cgroup v1); without one, the priority of the socket (SO_PRIORITY).',
			unit: 'none',
			ss: 'class_id',
			since: '5.0',
			aliases: ['priority'],
			isForListeners: true,
		}),
		width: {min: 5, max: 10},
		format: formatPrefixedHex,
	},
	{
		...optionalField({
			id: 'mark',
			title: 'Mark',
			meaning: 'Mark of sent packets (SO_MARK), which firewall rules and routes can match; reported only with CAP_NET_ADMIN.',
			unit: 'none',
			ss: 'fwmark',
			since: '4.9',
			aliases: ['fwmark'],
			isForListeners: true,
		}),
		width: {min: 5, max: 10},
		format: formatPrefixedHex,
	},
	{
		...optionalField({
			id: 'portAsked',
			title: 'PortAsked',
			meaning: '1 if a program asked for the local port, 0 if the kernel chose it; absent for a connection, which has the port of its listener.',
			unit: 'none',
			isForListeners: true,
		}),
		read: readPortAsked,
	},
	optionalText({
		id: 'socketOptions',
		title: 'Sockopt',
		meaning: `Socket options that are set: ${socketOptionNames.join(', ')}.`,
		width: {min: 14, max: 40},
		ss: 'inet-sockopt',
		since: '5.10',
		aliases: ['sockopt', 'inetSockopt'],
		isForListeners: true,
		write: bitNames(socketOptionNames),
	}),
	optionalField({
		id: 'ipProtocol',
		title: 'IPproto',
		meaning: 'Number of the IP protocol of a raw socket, as in /etc/protocols.',
		unit: 'none',
		since: '4.2',
		isForListeners: true,
	}),
];
