/** All preferences, and their defaults. */
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
import {liveSort} from './sort-text.js';

/** Styles of highlighted rows. */
const rowColours = [
	{value: 'theme', meaning: 'as the theme defines it'},
	{value: 'green', meaning: 'green'},
	{value: 'cyan', meaning: 'cyan'},
	{value: 'blue', meaning: 'blue'},
	{value: 'magenta', meaning: 'magenta'},
	{value: 'yellow', meaning: 'yellow'},
	{value: 'red', meaning: 'red'},
	{value: 'bold', meaning: 'bold, no colour'},
	{value: 'dim', meaning: 'dim, no colour'},
	{value: 'plain', meaning: 'like other rows'},
] as const;

/** The registry of preferences, in the order of the setup screen and docs/setup.md. */
export const registry = {
	sort: order({
		title: 'Order',
		meaning: 'Sort order of the table: FIELD, FIELD:asc or FIELD:desc, several separated by commas.',
		section: 'columns',
		mayBeEmpty: false,
		byDefault: liveSort,
	}),
	columns: columnList({
		title: 'Columns', meaning: 'Fields that the table shows, from left to right.', mayBeEmpty: false, byDefault: defaultColumns,
	}),
	meters: list({
		title: 'Meters',
		meaning: 'Meters in the header, in order.',
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
			{value: 'auto', meaning: 'dark or light, like the terminal; colours that are readable on both if it does not report which'},
			{value: 'dark', meaning: 'for a dark background'},
			{value: 'light', meaning: 'for a light background'},
			{value: 'colour-blind', meaning: 'blue and orange instead of green and red'},
			{value: 'monochrome', meaning: 'bold, dim and reverse only'},
		],
		byDefault: 'auto',
	}),
	openedColour: choice({
		title: 'New sockets', meaning: 'Style of rows of sockets that were just opened.', section: 'look', options: rowColours, byDefault: 'theme',
	}),
	establishedColour: choice({
		title: 'New sessions', meaning: 'Style of rows of connections that just became ESTAB.', section: 'look', options: rowColours, byDefault: 'theme',
	}),
	closedColour: choice({
		title: 'Closed sockets', meaning: 'Style of rows of sockets that have closed.', section: 'look', options: rowColours, byDefault: 'theme',
	}),
	interval: quantity({
		title: 'Interval', meaning: 'Time between samples.', section: 'times', unit: 'seconds', min: 0.1, max: 3600, step: 0.1, byDefault: 1,
	}),
	freshTime: quantity({
		title: 'Highlight new', meaning: 'How long new sockets and new sessions are highlighted.', section: 'times', unit: 'seconds', min: 0, max: 3600, step: 1, byDefault: 5,
	}),
	closedTime: quantity({
		title: 'Keep closed', meaning: 'How long the row of a closed socket stays.', section: 'times', unit: 'seconds', min: 0, max: 3600, step: 1, byDefault: 5,
	}),
	orderRest: quantity({
		title: 'Sort pause', meaning: 'Number of samples for which sorting pauses after the cursor has moved.', section: 'times', unit: 'samples', min: 1, max: 60, step: 1, byDefault: 3,
	}),
	mouse: onOff({
		title: 'Mouse', meaning: 'A click selects a row, a click on a heading sorts, the wheel scrolls, a double click opens; hold Shift to select text with the terminal.', section: 'behaviour', byDefault: true,
	}),
	names: onOff({
		title: 'Names', meaning: 'Show host and service names instead of numbers.', section: 'behaviour', byDefault: false,
	}),
	connections: onOff({
		title: 'One row', meaning: 'One row for each connection with both endpoints on this machine, that of the client, instead of one for each socket.', section: 'behaviour', byDefault: false,
	}),
	screenReader: onOff({
		title: 'Screen reader', meaning: 'Lines of plain text instead of a drawn screen.', section: 'behaviour', byDefault: false,
	}),
	readOnly: onOff({
		title: 'Read only', meaning: 'Disables all actions on sockets and processes.', section: 'behaviour', byDefault: false,
	}),
	alertBell: onOff({
		title: 'Alert bell', meaning: 'An alert rings the bell of the terminal.', section: 'behaviour', byDefault: true,
	}),
	alertNotification: onOff({
		title: 'Alert notification', meaning: 'An alert shows a desktop notification, if the terminal supports it.', section: 'behaviour', byDefault: true,
	}),
	alertTitle: onOff({
		title: 'Alert title', meaning: 'While an alert is armed, the window title shows the number of new matches.', section: 'behaviour', byDefault: true,
	}),
	journalEntries: quantity({
		title: 'Journal', meaning: 'How many entries the journal keeps, the newest.', section: 'behaviour', unit: 'entries', min: 100, max: 200_000, step: 1000, byDefault: defaultJournalLength,
	}),
	journalHours: quantity({
		title: 'Journal keeps', meaning: 'After how long the journal forgets an entry; 0 for never.', section: 'behaviour', unit: 'hours', min: 0, max: 8760, step: 1, byDefault: 0,
	}),
} as const;

export type PreferenceId = keyof typeof registry;

/** A value for each preference. */
export type Preferences = {readonly [Id in PreferenceId]: Value<(typeof registry)[Id]>};

export const preferenceIds = Object.keys(registry) as readonly PreferenceId[];

/** The default of each preference. */
export const defaultPreferences = Object.fromEntries(preferenceIds.map(id => [id, registry[id].byDefault])) as unknown as Preferences;
