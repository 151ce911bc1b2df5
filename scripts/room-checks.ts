/** Checks scripts/rooms.ts against the imports in source/. Dependency-cruiser checks what a room must not import. */
import path from 'node:path';
import type {Room} from './rooms.js';

/** Limit of files in a folder, without subfolders. A folder with more files has more than one purpose. */
export const maximumFiles = 30;

/** A file of source/ and its imports: paths of other files, names of packages, and modules of Node.js with `node:`. */
export type SourceFile = {
	readonly file: string;
	readonly imports: readonly string[];
};

const isInSource = (imported: string): boolean => imported.startsWith('source/');

/** Groups files by room. */
const filesByRoom = (files: readonly SourceFile[]): Map<string, SourceFile[]> => Map.groupBy(files, ({file}) => path.dirname(file));

/** What the files of a room import from outside the room. */
const usedBy = (room: string, files: readonly SourceFile[]): Set<string> => {
	const imports = files.flatMap(file => file.imports).map(imported => isInSource(imported) ? path.dirname(imported) : imported);
	return new Set(imports.filter(imported => imported !== room));
};

const nameList = (names: readonly string[]): string => names.map(name => `'${name}'`).join(', ');

/**
Returns the problems of the list of rooms, as sentences: missing folders, rooms that do not exist, folders with too many files, imports of later rooms, and permissions
that are not used, so that the list describes the actual imports.
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
				...(inside.length > maximumFiles ? [`${name} has ${inside.length} files; ${maximumFiles} are allowed. Divide it into subfolders.`] : []),
				...(upwards.length > 0 ? [`${name} may import ${nameList(upwards)}, which is not before it in scripts/rooms.ts.`] : []),
				...(unused.length > 0 ? [`${name} may import ${nameList(unused)}, but does not. Remove that from scripts/rooms.ts.`] : []),
			];
		}),
	];
};
