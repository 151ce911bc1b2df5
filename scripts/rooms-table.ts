/** The table of rooms in docs/architecture.md, generated from scripts/rooms.ts. */
import {code, table} from './markdown.js';
import {rooms} from './rooms.js';

const start = '<!-- Rooms: made by `npm run docs`; a test fails when they are stale. -->';
const end = '<!-- End of the rooms. -->';

const shortName = (room: string): string => code(room.replace(/^source\//v, ''));

/** The rooms in order of dependency: name, purpose, allowed rooms, and allowed packages and modules. */
const roomsTable = (): string => table(['Room', 'Purpose', 'May import', 'From outside'], rooms.map(room => [
	shortName(room.room),
	room.idea,
	room.mayImport.map(name => shortName(name)).join(', '),
	(room.outside ?? []).map(name => code(name)).join(', '),
]));

/** Replaces the text between the two marks of a page with the table of rooms. */
export const withRooms = (page: string): string => {
	const [before, rest] = [page.slice(0, page.indexOf(start)), page.slice(page.indexOf(start))];
	if (!page.includes(start) || !rest.includes(end)) {
		throw new Error(`The page lacks the lines “${start}” and “${end}” around the table of rooms.`);
	}

	return `${before}${start}\n\n${roomsTable()}\n\n${rest.slice(rest.indexOf(end))}`;
};
