/** Makes records of preferences and of the parts of views, which have the same kinds. */
import {fields, findField} from '../fields/registry.js';
import type {
	Choice,
	List,
	Order,
	Quantity,
	Switch,
	Text,
} from './preference.js';

export const choice = <Word extends string>(record: Omit<Choice<Word>, 'kind'>): Choice<Word> => ({kind: 'choice', ...record});
export const quantity = (record: Omit<Quantity, 'kind'>): Quantity => ({kind: 'number', ...record});
export const onOff = (record: Omit<Switch, 'kind'>): Switch => ({kind: 'switch', ...record});
export const list = (record: Omit<List, 'kind'>): List => ({kind: 'list', ...record});
export const order = (record: Omit<Order, 'kind'>): Order => ({kind: 'order', ...record});
export const text = (record: Omit<Text, 'kind'>): Text => ({kind: 'text', ...record});

/** The columns of the table, from left to right. */
export const columnList = (record: Pick<List, 'title' | 'meaning' | 'mayBeEmpty' | 'byDefault'>): List => list({
	...record, section: 'columns', of: 'field', entries: () => fields, find: name => findField(name)?.id,
});
