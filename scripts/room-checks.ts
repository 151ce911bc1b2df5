/** Checks of scripts/rooms.ts against what the files of source/ import. What a room must not import is checked by dependency-cruiser. */
import path from 'node:path';
import type {Room} from './rooms.js';

/** Maximum number of files in a folder, not counting subfolders. */
export const maxFiles = 30;

/** A file of source/ and its imports: paths of other files, names of packages, modules of Node.js with `node:`. */
export type SourceFile = {
	readonly file: string;
	readonly imports: readonly string[];
};

const isInSource = (imported: string): boolean => imported.startsWith('source/');

/** Groups files by room. */
const filesByRoom = (files: readonly SourceFile[]): Map<string, SourceFile[]> => Map.groupBy(files, ({file}) => path.dirname(file));

/** Returns what the files of a room import from outside it. */
const usedBy = (room: string, files: readonly SourceFile[]): Set<string> => {
	const imports = files.flatMap(file => file.imports).map(imported => isInSource(imported) ? path.dirname(imported) : imported);
	return new Set(imports.filter(imported => imported !== room));
};

const nameList = (names: readonly string[]): string => names.map(name => `'${name}'`).join(', ');

/**
Returns the problems of the list of rooms, one sentence each: missing folders, rooms that do not exist, folders with too many files, imports of later rooms, and
permissions that nothing uses.
*/
export const problemsOfRooms = (rooms: readonly Room[], files: readonly SourceFile[]): string[] => {
	const folders = filesByRoom(files);
	const names = rooms.map(({room}) => room);
	return [
		...folders.keys().filter(folder => !names.includes(folder)).map(folder => `${folder} is missing in scripts/rooms.ts.`),
		...rooms.flatMap((room, position) => {
			const {room: name, mayImport, outside = []} = room;
			const inside = folders.get(name);
			if (inside === undefined) {
				return [`scripts/rooms.ts lists ${name}, which has no files.`];
			}

			const used = usedBy(name, inside);
			const upwards = mayImport.filter(other => !names.slice(0, position).includes(other));
			const unused = [...mayImport, ...outside].filter(permitted => !used.has(permitted));
			return [
				...(inside.length > maxFiles ? [`${name} holds ${inside.length} files; ${maxFiles} is the limit. Split it into subfolders.`] : []),
				...(upwards.length > 0 ? [`${name} may import ${nameList(upwards)}, which does not come before it in scripts/rooms.ts.`] : []),
				...(unused.length > 0 ? [`${name} may import ${nameList(unused)}, but does not. Remove that from scripts/rooms.ts.`] : []),
			];
		}),
	];
};
