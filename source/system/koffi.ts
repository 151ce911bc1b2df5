/**
Koffi, loaded when this module first runs. An `import` would be hoisted to the top of the bundle: then nothing would start on a system for which koffi has
no binary, though `ss` could be read there.
*/
import {createRequire} from 'node:module';
import type koffiModule from 'koffi';

const nativeRequire = createRequire(import.meta.url);

export const koffi = nativeRequire('koffi') as typeof koffiModule;
