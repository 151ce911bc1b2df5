/** Checks of scripts/rooms.ts against what the files of source/ import. What a room must not import is checked by dependency-cruiser. */
import path from 'node:path';
import type {Room} from './rooms.js';

/** The most files that a folder may hold, subfolders aside: more than that is more than one idea. */
export const mostFiles = 30;

/** A file of source/, and what it imports: paths of other files, names of packages, modules of Node.js with `node:`. */
export type SourceFile = {
	readonly file: string;
	readonly imports: readonly string[];
};

const isInSource = (imported: string): boolean => imported.startsWith('source/');

/** The rooms that files are in, each with its files. */
const filesByRoom = (files: readonly SourceFile[]): Map<string, SourceFile[]> => Map.groupBy(files, ({file}) => path.dirname(file));

/** What the files of a room import from outside of it. */
const usedBy = (room: string, files: readonly SourceFile[]): Set<string> => {
	const imports = files.flatMap(file => file.imports).map(imported => isInSource(imported) ? path.dirname(imported) : imported);
	return new Set(imports.filter(imported => imported !== room));
};

const nameList = (names: readonly string[]): string => names.map(name => `'${name}'`).join(', ');

/**
What is wrong with the list of rooms, in sentences: folders that it lacks, rooms that do not exist, folders with too many files, arrows that point up without a
reason, and permissions that nothing uses any more, so that the list says what is, not what once was.
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
				return [`scripts/rooms.ts lists ${name}, where no file is.`];
			}

			const used = usedBy(name, inside);
			const upwards = mayImport.filter(other => !names.slice(0, position).includes(other));
			const unused = [...mayImport, ...outside].filter(permitted => !used.has(permitted));
			return [
				...(inside.length > mostFiles ? [`${name} holds ${inside.length} files; more than ${mostFiles} are more than one idea. Give it subfolders.`] : []),
				...(upwards.length > 0 ? [`${name} may import ${nameList(upwards)}, which does not come before it in scripts/rooms.ts.`] : []),
				...(unused.length > 0 ? [`${name} may import ${nameList(unused)}, but does not. Remove that from scripts/rooms.ts.`] : []),
			];
		}),
	];
};
