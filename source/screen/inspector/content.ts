/** What the inspector shows of a socket: sections of things that can be looked at and copied one by one. */
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

/** Where the meaning of a field can be read more about: its name in filters, that in `ss`, and since when the kernel tells it. */
const named = ({id, ss, since, meaning}: Field): string =>
	`${meaning} [${[id, ...(ss === undefined ? [] : [`ss: ${ss}`]), ...(since === undefined ? [] : [`Linux ${since}`])].join(', ')}]`;

const fieldItem = (field: Field, {value, tone}: InspectedValue): Item => ({
	key: `field:${field.id}`,
	label: field.title,
	text: valueText(field, value),
	copy: copyText(field, value),
	meaning: named(field),
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

/** The fields that a socket of this protocol could have and does not, by name. */
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
			meaning: 'Fields that the kernel does not tell of this socket, or not in its state: they are absent, which is not 0.',
			isProse: true,
		}];
};

const healthItems = ({health}: Inspected): readonly Item[] => health === undefined
	? []
	: [{
		key: 'health',
		label: escapeText(health.verdict),
		text: escapeText(health.explanation),
		copy: escapeText(`${health.verdict}: ${health.explanation}`),
		meaning: 'What is wrong with the socket, from differences between samples.',
		isProse: true,
		...(health.tone !== undefined && {tone: health.tone}),
	}];

/** All sections, in order. */
export const sectionsOf = (inspected: Inspected): readonly Section[] => {
	const values = new Map(inspected.values.map(value => [value.id, value]));
	return [
		{title: 'Health', items: healthItems(inspected), lane: 0},
		{title: 'Life', items: lifeItems(inspected), lane: 0},
		// What moves comes before what stays: one column of few lines shows all of it.
		{title: 'Buffers', items: bufferItems(values), lane: 1},
		{title: 'History', items: historyItems(inspected), lane: 1},
		...endSections(inspected, values),
		...groupSections(values),
		{title: 'Not told', items: missingItem(values)},
	].filter(({items}) => items.length > 0);
};
