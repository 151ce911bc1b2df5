import {labelCgroup, type CgroupLabels} from '../../names/cgroup-labels.js';
import {cutMiddle} from '../../text/width.js';
import type {FieldRecord, TextField, FieldContext} from '../model/field.js';
import {formatWhole, optionalField} from '../model/optional-field.js';
import {readText} from '../model/optional-text.js';
import {readOptional} from '../model/read.js';

const pathOf = (context: FieldContext, slot: number): string | undefined => {
	const reported = readText(context, slot, 'cgroup');
	if (reported !== undefined) {
		return reported;
	}

	const id = readOptional(context, slot, 'cgroupId');
	return id === undefined ? undefined : (context.cgroupPath(id) ?? `unreachable:${Math.trunc(id).toString(16)}`);
};

/** Maximum number of paths whose labels are cached; when it is reached, the cache is cleared. */
const maxCachedPaths = 10_000;

const labelCache = new Map<string, CgroupLabels>();

const labelsOf = (path: string): CgroupLabels => {
	let labels = labelCache.get(path);
	if (labels === undefined) {
		labels = labelCgroup(path);
		if (labelCache.size >= maxCachedPaths) {
			labelCache.clear();
		}

		labelCache.set(path, labels);
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
	read(context, slot) {
		const path = pathOf(context, slot);
		return path === undefined ? undefined : labelsOf(path)[label];
	},
});

/** The cgroup that a socket was created in. It is known even if missing privileges hide the process. */
export const cgroupFields: readonly FieldRecord[] = [
	{
		id: 'cgroup',
		kind: 'text',
		title: 'Cgroup',
		meaning: 'Path of the cgroup (version 2) that the socket was created in; an accepted connection has the cgroup of its listener.',
		width: {min: 12, max: 40},
		ss: 'cgroup',
		since: '5.8',
		columns: ['cgroupId', 'cgroup'],
		shorten: cutMiddle,
		read: pathOf,
	},
	labelField('unit', {
		title: 'Unit',
		meaning: 'Systemd service, scope or slice that the socket was created in.',
		width: {min: 12, max: 28},
		aliases: ['service'],
	}),
	labelField('container', {
		title: 'Container',
		meaning: 'Container that the socket was created in: the runtime, and the start of the id or the name.',
		width: {min: 12, max: 24},
	}),
	labelField('pod', {
		title: 'Pod',
		meaning: 'UID of the Kubernetes pod that the socket was created in.',
		width: {min: 8, max: 36},
	}),
	{
		...optionalField({
			id: 'cgroupId',
			title: 'CgroupId',
			meaning: 'Id of the cgroup that the socket was created in: the inode of its directory.',
			unit: 'none',
			since: '5.8',
			isForListeners: true,
		}),
		width: {min: 8, max: 20},
		descending: false,
		format: formatWhole,
	},
];
