/** What files of source/ may import. The rules for each folder come from scripts/rooms.ts; `npm run rooms` checks them. */
import {rooms} from './scripts/rooms.ts';

const escape = text => text.replaceAll(/[\-.\/]/gv, String.raw`\$&`);

/** Matches the files of a room, but not those in its subfolders. */
const filesOf = room => `^${escape(room)}/[^/]+$`;

/** The files of a package, wherever node_modules is; those of its types, too. */
const filesOfPackage = name => `(?:^|/)node_modules/(?:@types/)?${escape(name)}/`;

const isOfNode = name => name.startsWith('node:');

const config = {
	forbidden: [
		{
			name: 'no-cycle',
			comment: 'Files that import each other, if only types, cannot be understood one at a time.',
			severity: 'error',
			from: {path: '^source/'},
			to: {circular: true},
		},
		{
			name: 'no-dead-file',
			comment: 'What no entry point reaches is not in the program.',
			severity: 'error',
			from: {path: String.raw`^source/(?:conntop|cli|help|completion)\.ts$`},
			to: {path: '^source/', pathNot: String.raw`^source/(?:conntop|cli|help|completion)\.ts$|\.d\.ts$`, reachable: false},
		},
		{
			name: 'no-import-of-tests',
			comment: 'The program knows nothing of tests, benchmarks, pictures and scripts.',
			severity: 'error',
			from: {path: '^source/'},
			to: {path: '^(?:test|bench|media|scripts)/'},
		},
		...rooms.flatMap(room => [
			{
				name: `imports of ${room.room}`,
				comment: 'scripts/rooms.ts lists what a folder may import.',
				severity: 'error',
				from: {path: filesOf(room.room)},
				to: {path: '^source/', pathNot: [room.room, ...room.mayImport].map(each => filesOf(each))},
			},
			{
				name: `packages of ${room.room}`,
				comment: 'scripts/rooms.ts lists which packages a folder may import.',
				severity: 'error',
				from: {path: filesOf(room.room)},
				to: {path: '(?:^|/)node_modules/', pathNot: (room.outside ?? []).filter(name => !isOfNode(name)).map(name => filesOfPackage(name))},
			},
			{
				name: `modules of Node.js in ${room.room}`,
				comment: 'scripts/rooms.ts lists which modules of Node.js a folder may import.',
				severity: 'error',
				from: {path: filesOf(room.room)},
				to: {dependencyTypes: ['core'], pathNot: (room.outside ?? []).filter(name => isOfNode(name)).map(name => `^${escape(name.slice('node:'.length))}$`)},
			},
		]),
	],
	options: {
		// Imports of types are imports.
		tsPreCompilationDeps: true,
		tsConfig: {fileName: 'tsconfig.json'},
		doNotFollow: {path: 'node_modules'},
		enhancedResolveOptions: {
			extensions: ['.ts', '.tsx', '.d.ts', '.js', '.json'],
			exportsFields: ['exports'],
			conditionNames: ['import', 'require', 'node', 'default', 'types'],
		},
	},
};

export default config;
