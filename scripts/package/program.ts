/** The contents of every package: the program with its own Node.js, the launcher, and the documentation. */
import fs from 'node:fs/promises';
import path from 'node:path';
import {completionScripts} from '../../source/completion/scripts.js';
import {copyrightPage, type Inputs} from './inputs.js';
import type {Entry} from './tree.js';

/** Clears variables that the user may have set for other programs' Node.js: they must not prevent this one from starting. */
const clean = 'unset NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_REPL_EXTERNAL_MODULE';

/** A launcher for a fixed folder. */
export const fixedLauncher = (lib: string): string => `#!/bin/sh\n${clean}\nexec ${lib}/node ${lib}/dist/conntop.js "$@"\n`;

/** A launcher that finds the program relative to itself, also if it is called through a link. */
export const relativeLauncher = `#!/bin/sh
${clean}
self=$0
while [ -L "$self" ]; do
	link=$(readlink "$self")
	case $link in
		/*) self=$link ;;
		*) self=\${self%/*}/$link ;;
	esac
done
lib=\${self%/*}/../lib/conntop
exec "$lib/node" "$lib/dist/conntop.js" "$@"
`;

/** The parts of koffi that are needed at run time. The rest of its package is sources and types. */
const koffiFiles = ['package.json', 'index.cjs', 'src/koffi/index.cjs', 'src/koffi/src/static.cjs'];

/** Files of `dist/` that packages install elsewhere, because the program does not read them. */
const isElsewhere = (name: string): boolean => ['LICENSES.txt', 'conntop.1'].includes(name);

const koffiEntries = ({koffi, addonPackage, addon}: Inputs): readonly Entry[] => {
	const inKoffi = path.join('koffi', 'node_modules', '@koromix', path.basename(addonPackage));
	return [
		...koffiFiles.map(name => ({path: `koffi/${name}`, copyOf: path.join(koffi, name)})),
		...['package.json', 'index.js'].map(name => ({path: path.join(inKoffi, name), copyOf: path.join(addonPackage, name)})),
		{path: path.join(inKoffi, path.basename(path.dirname(addon)), 'koffi.node'), copyOf: addon},

		// From `dist/`, koffi is found as in any folder of packages.
		{path: 'dist/node_modules/koffi', linkTo: '../../koffi'},
	];
};

/** The files of the program below `lib/conntop`. */
export const programEntries = async (inputs: Inputs): Promise<readonly Entry[]> => {
	const {dist, node} = inputs;
	const built = await fs.readdir(dist, {recursive: true, withFileTypes: true});
	const names = built.filter(entry => entry.isFile()).map(entry => path.relative(dist, path.join(entry.parentPath, entry.name)));
	return [
		{path: 'node', copyOf: node, isProgram: true},
		...names.filter(name => !isElsewhere(name)).map(name => ({path: `dist/${name}`, copyOf: path.join(dist, name)})),
		...koffiEntries(inputs),
	];
};

/** Units, rules and the dashboard, for docs/fleet.md and docs/recordings.md. */
const exampleEntries = async (): Promise<readonly Entry[]> => {
	const found = await fs.readdir('deploy', {recursive: true, withFileTypes: true});
	return found.filter(entry => entry.isFile()).map(entry => {
		const file = path.join(entry.parentPath, entry.name);
		return {path: path.join('doc/conntop/examples', path.relative('deploy', file)), copyOf: file};
	});
};

/** The documentation and completion scripts, below `share`. */
export const sharedEntries = async (inputs: Inputs): Promise<readonly Entry[]> => [
	{path: 'doc/conntop/copyright', text: await copyrightPage(inputs)},
	{path: 'man/man1/conntop.1', text: await fs.readFile(path.join(inputs.dist, 'conntop.1'), 'utf8')},
	{path: 'bash-completion/completions/conntop', text: completionScripts.bash},
	{path: 'zsh/vendor-completions/_conntop', text: completionScripts.zsh},
	{path: 'fish/vendor_completions.d/conntop.fish', text: completionScripts.fish},
	...await exampleEntries(),
];
