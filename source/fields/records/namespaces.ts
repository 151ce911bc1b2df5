import {cutMiddle} from '../../text/width.js';
import type {FieldRecord} from '../model/field.js';

/** The network namespace of a socket. Each has its own addresses, ports and interfaces. */
export const namespaceFields: readonly FieldRecord[] = [
	{
		id: 'namespace',
		kind: 'text',
		title: 'Namespace',
		meaning: 'Network namespace of the socket: its name in /run/netns; otherwise the container, or a process in it.',
		width: {min: 9, max: 24},
		aliases: ['ns'],
		shorten: cutMiddle,
		read: (context, slot) => context.namespace(context.table.core.namespace[slot])?.name,
	},
	{
		id: 'netns',
		kind: 'number',
		unit: 'none',
		title: 'Netns',
		meaning: 'Inode of the socket\'s network namespace, as in the links /proc/PID/ns/net.',
		width: {min: 10, max: 10},
		descending: false,
		read: (context, slot) => context.namespace(context.table.core.namespace[slot])?.inode,
	},
];
