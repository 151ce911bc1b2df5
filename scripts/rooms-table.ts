/** The table of rooms in docs/architecture.md, made from scripts/rooms.ts. */
import {code, table} from './markdown.js';
import {rooms} from './rooms.js';

const start = '<!-- Rooms: made by `npm run docs`; a test fails when they are stale. -->';
const end = '<!-- End of the rooms. -->';

const shortName = (room: string): string => code(room.replace(/^source\//v, ''));

/** The rooms from the ground up: name, idea, what each may import, and what it takes from outside. */
const roomsTable = (): string => table(['Room', 'Idea', 'May import', 'From outside'], rooms.map(room => [
	shortName(room.room),
	room.idea,
	room.mayImport.map(name => shortName(name)).join(', '),
	(room.outside ?? []).map(name => code(name)).join(', '),
]));

/** A page with the table of rooms in place of what is between the two marks in it. */
export const withRooms = (page: string): string => {
	const [before, rest] = [page.slice(0, page.indexOf(start)), page.slice(page.indexOf(start))];
	if (!page.includes(start) || !rest.includes(end)) {
		throw new Error(`The page lacks the lines “${start}” and “${end}”, between which the table of rooms is written.`);
	}

	return `${before}${start}\n\n${roomsTable()}\n\n${rest.slice(rest.indexOf(end))}`;
};
