/** The content of the inspector: sections of items that can be selected and copied one by one. */
import type {Inspected, InspectedValue} from '../../contract/inspected.js';
import type {Field} from '../../fields/model/field.js';
import {fieldGroups} from '../../fields/registry.js';
import {escapeText} from '../../text/escape.js';
import {bufferItems} from './buffers.js';
import {endSections} from './ends.js';
import {historyItems} from './histories.js';
import type {Item, Section} from './item.js';
import {lifeItems} from './life.js';
import {copyText, valueText} from './value-text.js';

/** The meaning of a field with its name in filters, its name in `ss`, and the first Linux version that reports it. */
const explanationOf = ({id, ss, since, meaning}: Field): string =>
	`${meaning} [${[id, ...(ss === undefined ? [] : [`ss: ${ss}`]), ...(since === undefined ? [] : [`Linux ${since}`])].join(', ')}]`;

const fieldItem = (field: Field, {value, tone}: InspectedValue): Item => ({
	key: `field:${field.id}`,
	label: field.title,
	text: valueText(field, value),
	copy: copyText(field, value),
	meaning: explanationOf(field),
	...(tone !== undefined && {tone}),
});

const groupSections = (values: ReadonlyMap<string, InspectedValue>): readonly Section[] => fieldGroups
	.map(({title, fields}) => ({
		title,
		items: fields.flatMap(field => {
			const value = values.get(field.id);
			return value === undefined ? [] : [fieldItem(field, value)];
		}),
	}))
	.filter(({items}) => items.length > 0);

/** Names of the fields that exist for this protocol but are absent for this socket. */
const missingItem = (values: ReadonlyMap<string, InspectedValue>): readonly Item[] => {
	const protocol = values.get('protocol')?.value;
	const missing = fieldGroups.flatMap(({fields, isOfEntries}) => isOfEntries ? [] : fields)
		.filter(({id, protocols}) => !values.has(id) && (protocols === undefined || new Set<unknown>(protocols).has(protocol)))
		.map(({id}) => id);
	const text = missing.join(', ');
	return missing.length === 0
		? []
		: [{
			key: 'missing',
			label: missing.length === 1 ? '1 field' : `${missing.length} fields`,
			text,
			copy: text,
			meaning: 'Fields that the kernel does not report for this socket or in its state. Absent is not 0.',
			isProse: true,
		}];
};

const healthItems = ({health}: Inspected): readonly Item[] => health === undefined
	? []
	: [{
		key: 'health',
		label: escapeText(health.healthProblem),
		text: escapeText(health.explanation),
		copy: escapeText(`${health.healthProblem}: ${health.explanation}`),
		meaning: 'The problem of the socket, found by comparing samples.',
		isProse: true,
		...(health.tone !== undefined && {tone: health.tone}),
	}];

/** All sections, in order. */
export const sectionsOf = (inspected: Inspected): readonly Section[] => {
	const values = new Map(inspected.values.map(value => [value.id, value]));
	return [
		// First who is at both ends. What is wrong is in the title, too.
		...endSections(inspected, values),
		{title: 'Health', items: healthItems(inspected), lane: 0},
		{title: 'Life', items: lifeItems(inspected), lane: 0},
		// Sections that change come before static ones, so that they are visible in one column on a low terminal.
		{title: 'Buffers', items: bufferItems(values), lane: 1},
		{title: 'History', items: historyItems(inspected), lane: 1},
		...groupSections(values),
		{title: 'Absent', items: missingItem(values)},
	].filter(({items}) => items.length > 0);
};
