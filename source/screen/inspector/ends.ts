/** Both ends of a connection and the processes that hold them, as sections of the inspector. */
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
			meaning: 'Name and number of a process that holds the socket, and its descriptors of it. The number is copied.',
			tone: 'process',
		},
		...textItem(key('command'), '  command', commandLine, 'Command line of the process.'),
		...textItem(key('user'), '  runs as', user, 'Effective user of the process.'),
		...textItem(
			key('parents'),
			'  child of',
			ancestors.length === 0 ? undefined : ancestors.map(ancestor => `${ancestor.name}/${ancestor.pid}`).join(' ← '),
			'Parent of the process, its parent, and so on to the first one that can be seen.',
		),
		...textItem(key('unit'), '  unit', unit, 'Service, scope or slice of systemd that the process runs in.'),
		...textItem(key('container'), '  container', container, 'Container that the process runs in.'),
		...textItem(key('pod'), '  pod', pod, 'Kubernetes pod that the process runs in.'),
	];
};

const nobody = (end: string): Item => ({
	key: `${end}:nobody`,
	label: 'process',
	text: 'none known',
	copy: '',
	meaning: 'No process that can be seen holds the socket: it is not accepted yet, its process has closed it, or privileges hide it.',
	tone: 'dim',
});

const ownersItems = (end: string, owners: readonly InspectedOwner[]): readonly Item[] =>
	owners.length === 0 ? [nobody(end)] : owners.flatMap((owner, index) => ownerItems(end, owner, index));

const textOf = (values: ReadonlyMap<string, InspectedValue>, id: string): string | undefined => {
	const value = values.get(id)?.value;
	return typeof value === 'string' ? value : undefined;
};

/** This end and the other one, which may be on this machine, too. */
export const endSections = ({owners, farEnd}: Inspected, values: ReadonlyMap<string, InspectedValue>): readonly Section[] => {
	const isListener = textOf(values, 'state') === 'LISTEN';
	const here: Section = {
		title: 'This end',
		lane: 0,
		items: [
			...textItem('here:address', 'address', textOf(values, 'local'), 'Address and port of this end, or its name.'),
			...textItem('here:interface', 'interface', textOf(values, 'interface'), 'Interface that the socket is bound to.'),
			...ownersItems('here', owners),
		],
	};
	const address = textItem('there:address', 'address', isListener ? undefined : textOf(values, 'peer'), 'Address and port of the other end, or its name.');
	const far = farEnd === undefined
		? []
		: [
			...textItem(
				'there:state',
				'state',
				farEnd.isItself ? 'this socket: it is connected to itself' : (farEnd.state ?? 'closed'),
				'State of the socket at the other end, which is on this machine.',
			),
			...textItem('there:cookie', 'cookie', farEnd.cookie, 'Cookie of the socket at the other end. Key o inspects it.'),
			...ownersItems('there', farEnd.owners),
		];
	return [here, {title: farEnd === undefined ? 'Far end' : 'Far end, on this machine', lane: 0, items: [...address, ...far]}];
};
