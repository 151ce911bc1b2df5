/** What a package is made from: the built program, Node.js, and koffi with its addon. */
import fs from 'node:fs/promises';
import path from 'node:path';
import {licenseTexts} from '../licenses.js';
import type {Target} from './targets.js';

/** Paths of what goes into a package for one processor. */
export type Inputs = {
	/** What `npm run build` has made. */
	readonly dist: string;
	/** The binary of Node.js. */
	readonly node: string;
	/** The package of Node.js, with its license. */
	readonly nodePackage: string;
	/** The package koffi. */
	readonly koffi: string;
	/** The package with koffi's addon for this processor. */
	readonly addonPackage: string;
	/** The addon in it, from which the symbols may have been removed. */
	readonly addon: string;
};

const installed = 'scripts/package/inputs/node_modules';

/** The inputs of a target, as `npm ci --prefix scripts/package/inputs` has installed them. */
export const inputsFor = ({node}: Target): Inputs => {
	const addonPackage = `${installed}/@koromix/koffi-linux-${node}`;
	return {
		dist: 'dist',
		node: `${installed}/node-linux-${node}/bin/node`,
		nodePackage: `${installed}/node-linux-${node}`,
		koffi: 'node_modules/koffi',
		addonPackage,
		addon: `${addonPackage}/linux_${node}/koffi.node`,
	};
};

const readText = async (...parts: readonly string[]): Promise<string> => {
	const text = await fs.readFile(path.join(...parts), 'utf8');
	return text.trim();
};

const versionOf = async (folder: string): Promise<string> => {
	const {version} = JSON.parse(await readText(folder, 'package.json')) as {readonly version: string};
	return version;
};

const rule = `\n\n${'='.repeat(80)}\n\n`;

/** The licenses of everything that a package contains: conntop, Node.js, koffi, and what is bundled into `dist/`. */
export const copyrightPage = async ({dist, nodePackage, koffi}: Inputs): Promise<string> => {
	const bundled = await readText(dist, 'LICENSES.txt');
	return [
		`conntop\n\n${await readText('LICENSE')}`,
		`Node.js ${await versionOf(nodePackage)} (the file node), and what is built into it\n\n${await readText(nodePackage, 'LICENSE')}`,
		`koffi ${await versionOf(koffi)} (the folder koffi)\n\n${licenseTexts(koffi)}`,
		...['node-addon-api', 'node-api-headers'].map(name => `${name}, compiled into koffi\n\n${licenseTexts(path.join(koffi, 'vendor', name))}`),
		bundled,
	].join(rule) + '\n';
};
