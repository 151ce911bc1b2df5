/** Inspector sections for both endpoints of a connection and the processes that hold them. */
import type {Inspected, InspectedOwner, InspectedValue} from '../../contract/inspected.js';
import {escapeText} from '../../text/escape.js';
import type {Item, Section} from './item.js';

const textItem = (key: string, label: string, value: string | undefined, meaning: string): readonly Item[] => value === undefined || value === ''
	? []
	: [{
		key, label, text: escapeText(value), copy: escapeText(value), meaning,
	}];

const ownerItems = (end: string, {pid, name, descriptors, commandLine, user, ancestors, unit, container, pod}: InspectedOwner, index: number): readonly Item[] => {
	const key = (what: string): string => `${end}:${index}:${what}`;
	const shown = escapeText(name);
	return [
		{
			key: key('process'),
			label: index === 0 ? 'process' : 'shared with',
			text: `${shown}/${pid}${descriptors.length === 0 ? '' : `, descriptor ${descriptors.join(' ')}`}`,
			copy: String(pid),
			meaning: 'Name and PID of a process that holds the socket, and its file descriptors. Copies the PID.',
			tone: 'process',
		},
		...textItem(key('command'), '  command', commandLine, 'Command line of the process.'),
		...textItem(key('user'), '  runs as', user, 'Effective user of the process.'),
		...textItem(
			key('parents'),
			'  child of',
			ancestors.length === 0 ? undefined : ancestors.map(ancestor => `${ancestor.name}/${ancestor.pid}`).join(' ← '),
			'Parent of the process, its parent, and so on up to the first visible process.',
		),
		...textItem(key('unit'), '  unit', unit, 'systemd service, scope or slice of the process.'),
		...textItem(key('container'), '  container', container, 'Container of the process.'),
		...textItem(key('pod'), '  pod', pod, 'Kubernetes pod of the process.'),
	];
};

const noOwnerItem = (end: string): Item => ({
	key: `${end}:nobody`,
	label: 'process',
	text: 'none known',
	copy: '',
	meaning: 'No visible process holds the socket: it is not accepted yet, its process has closed it, or conntop lacks the privileges to see the process.',
	tone: 'dim',
});

const ownersItems = (end: string, owners: readonly InspectedOwner[]): readonly Item[] =>
	owners.length === 0 ? [noOwnerItem(end)] : owners.flatMap((owner, index) => ownerItems(end, owner, index));

const textOf = (values: ReadonlyMap<string, InspectedValue>, id: string): string | undefined => {
	const value = values.get(id)?.value;
	return typeof value === 'string' ? value : undefined;
};

/** Sections for the local endpoint and for the peer, whose socket may also be on this machine. */
export const endSections = ({owners, otherEnd}: Inspected, values: ReadonlyMap<string, InspectedValue>): readonly Section[] => {
	const isListener = textOf(values, 'state') === 'LISTEN';
	const here: Section = {
		title: 'Local',
		lane: 0,
		items: [
			...textItem('here:address', 'address', textOf(values, 'local'), 'Local address and port, or their names.'),
			...textItem('here:interface', 'interface', textOf(values, 'interface'), 'Interface that the socket is bound to.'),
			...ownersItems('here', owners),
		],
	};
	const address = textItem('there:address', 'address', isListener ? undefined : textOf(values, 'peer'), 'Address and port of the peer, or their names.');
	const peerItems = otherEnd === undefined
		? []
		: [
			...textItem(
				'there:state',
				'state',
				otherEnd.isItself ? 'this socket: it is connected to itself' : (otherEnd.state ?? 'closed'),
				'State of the socket at the other end. It is on this machine.',
			),
			...textItem('there:cookie', 'cookie', otherEnd.cookie, 'Cookie of the socket at the other end. Key o inspects it.'),
			...ownersItems('there', otherEnd.owners),
		];
	return [here, {title: otherEnd === undefined ? 'Peer' : 'Peer, on this machine', lane: 0, items: [...address, ...peerItems]}];
};
