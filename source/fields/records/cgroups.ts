import {labelCgroup, type CgroupLabels} from '../../names/cgroup-labels.js';
import {cutMiddle} from '../../text/width.js';
import type {FieldRecord, TextField, World} from '../model/field.js';
import {formatWhole, optionalField} from '../model/optional-field.js';
import {readText} from '../model/optional-text.js';
import {readOptional} from '../model/read.js';

const pathOf = (world: World, slot: number): string | undefined => {
	const told = readText(world, slot, 'cgroup');
	if (told !== undefined) {
		return told;
	}

	const id = readOptional(world, slot, 'cgroupId');
	return id === undefined ? undefined : (world.cgroupPath(id) ?? `unreachable:${Math.trunc(id).toString(16)}`);
};

/** Paths whose labels are remembered; at more, all are forgotten. */
const mostRemembered = 10_000;

const remembered = new Map<string, CgroupLabels>();

const labelsOf = (path: string): CgroupLabels => {
	let labels = remembered.get(path);
	if (labels === undefined) {
		labels = labelCgroup(path);
		if (remembered.size >= mostRemembered) {
			remembered.clear();
		}

		remembered.set(path, labels);
	}

	return labels;
};

const labelField = (label: keyof CgroupLabels, field: Pick<TextField, 'title' | 'meaning' | 'width' | 'aliases'>): TextField => ({
	...field,
	id: label,
	kind: 'text',
	since: '5.8',
	columns: ['cgroupId', 'cgroup'],
	shorten: cutMiddle,
	read(world, slot) {
		const path = pathOf(world, slot);
		return path === undefined ? undefined : labelsOf(path)[label];
	},
});

/** The cgroup that a socket was made in. It tells what made the socket even where privileges hide the process. */
export const cgroupFields: readonly FieldRecord[] = [
	{
		id: 'cgroup',
		kind: 'text',
		title: 'Cgroup',
		meaning: 'Path of the cgroup (version 2) that the socket was made in; a connection has that of its listener.',
		width: {min: 12, max: 40},
		ss: 'cgroup',
		since: '5.8',
		columns: ['cgroupId', 'cgroup'],
		shorten: cutMiddle,
		read: pathOf,
	},
	labelField('unit', {
		title: 'Unit',
		meaning: 'Service, scope or slice of systemd that the socket was made in.',
		width: {min: 12, max: 28},
		aliases: ['service'],
	}),
	labelField('container', {
		title: 'Container',
		meaning: 'Container that the socket was made in: runtime, and the start of the id or the name.',
		width: {min: 12, max: 24},
	}),
	labelField('pod', {
		title: 'Pod',
		meaning: 'Unique id of the Kubernetes pod that the socket was made in.',
		width: {min: 8, max: 36},
	}),
	{
		...optionalField({
			id: 'cgroupId',
			title: 'CgroupId',
			meaning: 'Number of the cgroup that the socket was made in: the inode of its directory.',
			unit: 'none',
			since: '5.8',
			ofListeners: true,
		}),
		width: {min: 8, max: 20},
		descending: false,
		format: formatWhole,
	},
];
