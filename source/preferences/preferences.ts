/** All that a person may choose to their liking, and how it is until they do. */
import {defaultMeters, findMeter, meters} from '../meters/meters.js';
import {defaultJournalLength} from '../table/journal.js';
import {defaultColumns} from '../fields/registry.js';
import type {Value} from './preference.js';
import {
	choice,
	columnList,
	list,
	onOff,
	order,
	quantity,
} from './records.js';
import {defaultSort} from './sort-text.js';

/** Looks of rows that stand out. */
const rowColours = [
	{value: 'theme', meaning: 'as the theme has it'},
	{value: 'green', meaning: 'green'},
	{value: 'cyan', meaning: 'cyan'},
	{value: 'blue', meaning: 'blue'},
	{value: 'magenta', meaning: 'magenta'},
	{value: 'yellow', meaning: 'yellow'},
	{value: 'red', meaning: 'red'},
	{value: 'bold', meaning: 'bold, without a colour'},
	{value: 'dim', meaning: 'dim, without a colour'},
	{value: 'plain', meaning: 'like all other rows'},
] as const;

/** The registry: adding a preference is adding a record. The setup screen and docs/setup.md keep the order. */
export const registry = {
	sort: order({
		title: 'Order',
		meaning: 'What the table is sorted by: FIELD, FIELD:asc or FIELD:desc, with commas between several.',
		section: 'columns',
		mayBeEmpty: false,
		byDefault: defaultSort,
	}),
	columns: columnList({
		title: 'Columns', meaning: 'Fields that the table shows, from left to right.', mayBeEmpty: false, byDefault: defaultColumns,
	}),
	meters: list({
		title: 'Meters',
		meaning: 'What the header shows, in order.',
		section: 'meters',
		of: 'meter',
		entries: () => meters,
		find: name => findMeter(name)?.id,
		mayBeEmpty: true,
		byDefault: defaultMeters,
	}),
	theme: choice({
		title: 'Theme',
		meaning: 'Colours of the screen.',
		section: 'look',
		options: [
			{value: 'auto', meaning: 'dark or light, as the terminal says; else colours that read on both'},
			{value: 'dark', meaning: 'for a dark background'},
			{value: 'light', meaning: 'for a light background'},
			{value: 'colour-blind', meaning: 'blue and orange in place of green and red'},
			{value: 'monochrome', meaning: 'bold, dim and reverse only'},
		],
		byDefault: 'auto',
	}),
	openedColour: choice({
		title: 'New sockets', meaning: 'Look of rows of sockets that were just opened.', section: 'look', options: rowColours, byDefault: 'theme',
	}),
	establishedColour: choice({
		title: 'New sessions', meaning: 'Look of rows of connections that just became ESTAB.', section: 'look', options: rowColours, byDefault: 'theme',
	}),
	closedColour: choice({
		title: 'Closed sockets', meaning: 'Look of rows of sockets that are gone.', section: 'look', options: rowColours, byDefault: 'theme',
	}),
	interval: quantity({
		title: 'Interval', meaning: 'Time between samples.', section: 'times', unit: 'seconds', least: 0.1, most: 3600, step: 0.1, byDefault: 1,
	}),
	freshTime: quantity({
		title: 'New stands out', meaning: 'How long new sockets and new sessions stand out.', section: 'times', unit: 'seconds', least: 0, most: 3600, step: 1, byDefault: 5,
	}),
	closedTime: quantity({
		title: 'Closed stays', meaning: 'How long the row of a closed socket stays.', section: 'times', unit: 'seconds', least: 0, most: 3600, step: 1, byDefault: 5,
	}),
	orderRest: quantity({
		title: 'Order rests', meaning: 'For how many samples no row changes its place after the cursor has moved.', section: 'times', unit: 'samples', least: 1, most: 60, step: 1, byDefault: 3,
	}),
	mouse: onOff({
		title: 'Mouse', meaning: 'Click selects, click on a heading sorts, the wheel scrolls, a double click opens; Shift leaves the mouse to the terminal.', section: 'behaviour', byDefault: true,
	}),
	names: onOff({
		title: 'Names', meaning: 'Names of hosts and services in place of numbers.', section: 'behaviour', byDefault: false,
	}),
	screenReader: onOff({
		title: 'Screen reader', meaning: 'Lines of plain text in place of a screen that is drawn over.', section: 'behaviour', byDefault: false,
	}),
	readOnly: onOff({
		title: 'Read only', meaning: 'Nothing that acts on a socket or a process, from now on.', section: 'behaviour', byDefault: false,
	}),
	journalEntries: quantity({
		title: 'Journal', meaning: 'How many entries the journal keeps, the newest.', section: 'behaviour', unit: 'entries', least: 100, most: 200_000, step: 1000, byDefault: defaultJournalLength,
	}),
	journalHours: quantity({
		title: 'Journal keeps', meaning: 'After how long the journal forgets an entry; 0 for never.', section: 'behaviour', unit: 'hours', least: 0, most: 8760, step: 1, byDefault: 0,
	}),
} as const;

export type PreferenceId = keyof typeof registry;

/** A choice for each preference. */
export type Preferences = {readonly [Id in PreferenceId]: Value<(typeof registry)[Id]>};

export const preferenceIds = Object.keys(registry) as readonly PreferenceId[];

/** How everything is until a person says otherwise. */
export const defaultPreferences = Object.fromEntries(preferenceIds.map(id => [id, registry[id].byDefault])) as unknown as Preferences;
